package org.bamarrow.parts;

import java.io.Serializable;
import org.bamarrow.read.ReadStatistics;

/**
 * What became of one attempt at a part.
 *
 * @param schemaSha256 of the schema in the file
 * @param batches record batches in the file
 */
public record PartResult(Part part, String schemaSha256, int batches, ReadStatistics statistics)
    implements Serializable {}
