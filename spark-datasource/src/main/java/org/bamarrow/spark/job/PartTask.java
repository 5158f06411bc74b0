package org.bamarrow.spark.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.util.LongAccumulator;
import org.bamarrow.cli.CommandWording;
import org.bamarrow.errors.Worded;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.parts.PartInput;
import org.bamarrow.internal.parts.PartResult;
import org.bamarrow.internal.parts.PartWriter;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.PartStore;
import org.bamarrow.spark.files.HadoopPartStore;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.serializer.JavaSerialized;

/**
 * An attempt at one part, on an executor: converts a split to an Arrow file with a name that is
 * unique to the attempt. An attempt that fails or is interrupted deletes its file.
 */
final class PartTask
    implements Function<JavaSerialized<PartAssignment>, JavaSerialized<PartResult>> {
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
    PartAssignment assignment = packed.value();
    TaskContext context = TaskContext.get();
    PartStore store = new HadoopPartStore(plan.directory(), plan.settings().value());
    String name =
        plan.names().name(assignment.task().number(), String.valueOf(context.taskAttemptId()));
    try {
      PartResult result = write(assignment, store, name, context);
      bytesRead.add(assignment.input().split().length());
      return new JavaSerialized<>(result);
    } catch (IOException | RuntimeException | Error e) {
      try {
        store.delete(name);
      } catch (IOException deleting) {
        e.addSuppressed(deleting);
      }
      // Users of the job give options of the command line, so the executor's log names those, too.
      Worded.speaking(e, new CommandWording(ClusterConvert.spec()));
      throw e;
    }
  }

  private PartResult write(
      PartAssignment assignment, PartStore store, String name, TaskContext context)
      throws IOException {
    PartInput input = assignment.input();
    Configuration settings = plan.settings().value();
    ByteSource source =
        Sources.openToRead(assignment.file(), input.split(), settings, plan.readAheadBytes());
    try (Conversion conversion = Conversion.forSplits(List.of(source), plan.options());
        BufferAllocator allocator =
            ArrowUtils.rootAllocator().newChildAllocator(name, 0, Long.MAX_VALUE);
        OutputStream out = store.create(name)) {
      PartWriter writer =
          new PartWriter(
              conversion,
              plan.schema().schema(),
              plan.names().parts(),
              allocator,
              context::isInterrupted);
      PartResult result =
          writer.write(conversion.inputs().get(0), input, assignment.task().limit(), name, out);
      if (conversion.filters() != null) {
        found.add(conversion.filters().found());
      }
      return result;
    }
  }
}
