package org.bamarrow.internal.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Collects the nodes and buffers of a record batch, in Arrow's order. Not thread-safe. */
final class BatchBuilder {
  private final BatchMemory memory;
  private final List<ArrowFieldNode> nodes = new ArrayList<>();
  private final List<ArrowBuf> buffers = new ArrayList<>();

  BatchBuilder(BatchMemory memory) {
    this.memory = memory;
  }

  void node(int length, int nulls) {
    nodes.add(new ArrowFieldNode(length, nulls));
  }

  /** The next buffer, which the batch shares. */
  void buffer(GrowableBuffer buffer) {
    buffers.add(buffer.size == 0 ? memory.empty() : buffer.slice());
  }

  /** The next buffer, of length 0: the validity of values without nulls. */
  void empty() {
    buffers.add(memory.empty());
  }

  /** The batch of all nodes and buffers added since the last one; owned by the caller. */
  ArrowRecordBatch build(int rows) {
    ArrowRecordBatch batch = new ArrowRecordBatch(rows, List.copyOf(nodes), List.copyOf(buffers));
    nodes.clear();
    buffers.clear();
    return batch;
  }
}
