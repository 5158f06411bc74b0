package org.bamarrow.spark.job;

import java.io.Serializable;
import org.bamarrow.internal.parts.PartInput;
import org.bamarrow.internal.parts.PartWaves.Task;
import org.bamarrow.spark.files.BamFile;

/**
 * A part to write, with its input: a task receives that of its own part only, not those of
 * thousands of others.
 */
record PartAssignment(Task task, BamFile file, PartInput input) implements Serializable {}
