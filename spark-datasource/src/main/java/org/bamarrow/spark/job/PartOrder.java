package org.bamarrow.spark.job;

import java.io.Serializable;
import org.bamarrow.parts.InputSplit;
import org.bamarrow.parts.PartWaves.Task;
import org.bamarrow.spark.BamFile;

/**
 * One part to write, with what its task has to know of the input: a task gets that of its own part
 * and not that of thousands of others.
 */
record PartOrder(Task task, BamFile file, InputSplit split) implements Serializable {}
