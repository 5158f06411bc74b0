package org.bamarrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.internal.column.BatchDecoder;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.io.ByteSources;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decoding of one column, from inflated records to an Arrow batch, over the records of one chunk:
 * {@code java -jar benchmarks/target/benchmarks.jar Column -p bam=FILE -p column=seq,qual}. The
 * figure to read is {@code millionRecords} a second. {@code tags} are the typed ones as the
 * conversion finds them, {@code other_tags} all as text, {@code core} all core columns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 2,
    jvmArgsAppend = {
      "-Xmx1g",
      "--enable-native-access=ALL-UNNAMED",
      "--add-opens=java.base/java.nio=ALL-UNNAMED"
    })
public class ColumnBenchmark {
  @Param({
    "qname",
    "flag",
    "rname",
    "pos",
    "end",
    "cigar",
    "seq",
    "qual",
    "tags",
    "other_tags",
    "core"
  })
  public String column;

  /** Path of a BAM; empty: made-up short reads. */
  @Param("")
  public String bam;

  private HeadSlice slice;
  private BufferAllocator allocator;
  private BatchDecoder decoder;

  @Setup
  public void open() throws IOException {
    Path path = BenchmarkBam.path(bam);
    slice = new HeadSlice(path);
    allocator = new RootAllocator();
    try (Conversion conversion =
        new Conversion(List.of(ByteSources.open(path.toString())), options())) {
      conversion.schema(); // finds the tags
      decoder = conversion.newBatchDecoder(allocator);
    }
  }

  private ConvertOptions options() {
    ConvertOptions options = ConvertOptions.defaults();
    return switch (column) {
      case "core" -> options.withTags(TagOptions.NONE);
      case "tags" ->
          options
              .withColumns(columns(List.of()))
              .withTags(TagOptions.defaults().withOther(OtherTags.NONE));
      case "other_tags" ->
          options
              .withColumns(columns(List.of()))
              .withTags(TagOptions.NONE.withOther(OtherTags.ALL));
      default -> options.withColumns(columns(List.of(column))).withTags(TagOptions.NONE);
    };
  }

  private static ColumnOptions columns(List<String> names) {
    return ColumnOptions.defaults().withNames(names);
  }

  @TearDown
  public void close() {
    decoder.close();
    allocator.close();
  }

  /** The whole chunk into batches. */
  @Benchmark
  public long decode(Throughput throughput) throws IOException {
    long[] bytes = {0};
    decoder.decode(
        slice,
        (batch, first) -> {
          bytes[0] += batch.computeBodyLength();
          batch.close();
        });
    throughput.add(slice);
    return bytes[0];
  }
}
