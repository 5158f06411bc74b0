package org.bamarrow.parts;

import java.io.Serializable;
import org.bamarrow.internal.read.BamSplit;

/**
 * What one part is made of.
 *
 * @param input 0-based place among the inputs of the job
 * @param split range of the input, by where its records start
 */
public record PartInput(int input, BamSplit split) implements Serializable {}
