package org.bamarrow.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.RecordChecker;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.TextCheck;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is done with every record besides decoding, over the records of one chunk: {@code java -jar
 * benchmarks/target/benchmarks.jar Record -p bam=FILE}. The figure to read is {@code
 * millionRecords} a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
public class RecordBenchmark {
  /** Path of a BAM; empty: made-up short reads. */
  @Param("")
  public String bam;

  private final AuxCursor cursor = new AuxCursor();
  private HeadSlice slice;

  @Setup
  public void open() throws IOException {
    slice = new HeadSlice(BenchmarkBam.path(bam));
  }

  /** From block_size to block_size: what the turn to walk costs. */
  @Benchmark
  public int hop(Throughput throughput) {
    byte[] data = slice.data();
    int at = slice.start(0);
    for (int row = 0; row < slice.count(); row++) {
      at = RecordLayout.end(data, at);
    }
    throughput.add(slice);
    return at;
  }

  /** Every length of every record. */
  @Benchmark
  public int check(Throughput throughput) throws IOException {
    RecordChecker.check(slice);
    throughput.add(slice);
    return slice.count();
  }

  /** Every tag of every record, no value looked at. */
  @Benchmark
  public int walkTags(Throughput throughput) {
    byte[] data = slice.data();
    int tags = 0;
    for (int row = 0; row < slice.count(); row++) {
      int start = slice.start(row);
      cursor.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
      while (cursor.next()) {
        tags++;
      }
    }
    throughput.add(slice);
    return tags;
  }

  /** UTF-8 check of every read name. */
  @Benchmark
  public int checkNames(Throughput throughput) {
    byte[] data = slice.data();
    int sound = 0;
    for (int row = 0; row < slice.count(); row++) {
      int start = slice.start(row);
      int from = start + RecordLayout.READ_NAME;
      sound += TextCheck.isUtf8(data, from, RecordLayout.cigar(data, start) - 1) ? 1 : 0;
    }
    throughput.add(slice);
    return sound;
  }
}
