package org.bamarrow.parts;

import java.io.Serializable;
import org.bamarrow.internal.read.ReadStatistics;

/**
 * The result of one attempt at a part.
 *
 * @param batches record batches in the file
 */
public record PartResult(Part part, int batches, ReadStatistics statistics)
    implements Serializable {}
