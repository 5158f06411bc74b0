package org.bamarrow.internal.parts;

import java.io.Serializable;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.parts.Part;

/**
 * The result of one attempt at a part.
 *
 * @param part the file, as the manifest tells of it
 * @param batches record batches in the file
 * @param statistics of the reading
 */
public record PartResult(Part part, int batches, ReadStatistics statistics)
    implements Serializable {}
