package org.bamarrow.internal.parts;

import java.io.Serializable;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.parts.Part;

/**
 * The result of one attempt at a part.
 *
 * @param written the file
 * @param batches record batches in the file
 * @param statistics of the reading
 */
public record PartResult(WrittenPart written, int batches, ReadStatistics statistics)
    implements Serializable {
  /** {@return the file, as the manifest tells of it} */
  public Part part() {
    return written.part();
  }
}
