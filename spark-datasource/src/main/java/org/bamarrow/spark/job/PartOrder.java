package org.bamarrow.spark.job;

import java.io.Serializable;
import org.bamarrow.parts.InputSplit;
import org.bamarrow.parts.PartWaves.Task;
import org.bamarrow.read.BamSplit;
import org.bamarrow.spark.BamFile;

/**
 * One part to write, with what its task has to know of the input: a task gets that of its own part
 * and not that of thousands of others. Of plain fields, which every serializer can take.
 */
final class PartOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final long limit;
  private final String file;
  private final long length;
  private final int input;
  private final long begin;
  private final long end;

  PartOrder(Task task, BamFile file, InputSplit split) {
    this.number = task.number();
    this.limit = task.limit();
    this.file = file.name();
    this.length = file.length();
    this.input = split.input();
    this.begin = split.split().begin();
    this.end = split.split().end();
  }

  Task task() {
    return new Task(number, limit);
  }

  BamFile file() {
    return new BamFile(file, length);
  }

  InputSplit split() {
    return new InputSplit(input, new BamSplit(begin, end));
  }
}
