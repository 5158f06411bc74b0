package org.bamarrow.internal.parts;

import java.io.Serializable;
import org.bamarrow.internal.read.BamSplit;

/**
 * The bytes of one input from which one part is made.
 *
 * @param input 0-based place among the inputs of the job
 * @param split the part has the records that start in these bytes
 */
public record PartInput(int input, BamSplit split) implements Serializable {}
