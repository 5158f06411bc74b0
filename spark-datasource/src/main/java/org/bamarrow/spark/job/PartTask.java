package org.bamarrow.spark.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.util.LongAccumulator;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.PartInput;
import org.bamarrow.parts.PartResult;
import org.bamarrow.parts.PartStore;
import org.bamarrow.parts.PartWriter;
import org.bamarrow.spark.files.HadoopPartStore;
import org.bamarrow.spark.files.JavaSerialized;
import org.bamarrow.spark.files.Sources;

/**
 * One attempt at one part, on an executor: from the split's blocks to an Arrow file, under a name
 * of the attempt's own. What an attempt that fails or is not wanted any more wrote, it removes.
 */
final class PartTask implements Function<JavaSerialized<PartAssignment>, JavaSerialized<PartResult>> {
  private static final long serialVersionUID = 1L;

  private final TaskPlan plan;
  private final LongAccumulator bytesRead;
  private final FoundEntries found;

  PartTask(TaskPlan plan, LongAccumulator bytesRead, FoundEntries found) {
    this.plan = plan;
    this.bytesRead = bytesRead;
    this.found = found;
  }

  @Override
  public JavaSerialized<PartResult> call(JavaSerialized<PartAssignment> packed) throws IOException {
    PartAssignment order = packed.value();
    TaskContext context = TaskContext.get();
    PartStore store = new HadoopPartStore(plan.directory(), plan.settings().value());
    String name = plan.names().name(order.task().number(), String.valueOf(context.taskAttemptId()));
    try {
      PartResult result = write(order, store, name, context);
      bytesRead.add(order.split().split().length());
      return new JavaSerialized<>(result);
    } catch (IOException | RuntimeException | Error e) {
      try {
        store.delete(name);
      } catch (IOException deleting) {
        e.addSuppressed(deleting);
      }
      throw e;
    }
  }

  private PartResult write(PartAssignment order, PartStore store, String name, TaskContext context)
      throws IOException {
    PartInput split = order.split();
    Configuration settings = plan.settings().value();
    ByteSource source =
        Sources.openToRead(order.file(), split.split(), settings, plan.readAheadBytes());
    Schema schema = Schema.deserializeMessage(ByteBuffer.wrap(plan.schema()));
    try (Conversion conversion = Conversion.forSplits(List.of(source), plan.options());
        BufferAllocator allocator =
            ArrowUtils.rootAllocator().newChildAllocator(name, 0, Long.MAX_VALUE);
        OutputStream out = store.create(name)) {
      PartWriter writer = new PartWriter(conversion, schema, allocator, context::isInterrupted);
      PartResult result =
          writer.write(conversion.inputs().get(0), split, order.task().limit(), name, out);
      if (conversion.filters() != null) {
        found.add(conversion.filters().found());
      }
      return result;
    }
  }
}
