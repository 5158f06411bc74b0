package org.bamarrow.spark.job;

import java.io.Serializable;
import org.bamarrow.parts.PartInput;
import org.bamarrow.parts.PartWaves.Task;
import org.bamarrow.spark.files.BamFile;

/**
 * One part to write, with what its task has to know of the input: a task gets that of its own part
 * and not that of thousands of others.
 */
record PartAssignment(Task task, BamFile file, PartInput split) implements Serializable {}
