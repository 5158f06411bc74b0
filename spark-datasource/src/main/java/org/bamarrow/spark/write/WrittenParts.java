package org.bamarrow.spark.write;

import java.util.List;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.bamarrow.parts.Part;

/** The parts of the one attempt at a task that counts. */
record WrittenParts(List<Part> parts) implements WriterCommitMessage {
  private static final long serialVersionUID = 1L;

  WrittenParts {
    parts = List.copyOf(parts);
  }
}
