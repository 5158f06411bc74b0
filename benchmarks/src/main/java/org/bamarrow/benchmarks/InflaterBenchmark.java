package org.bamarrow.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.Inflaters;
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
 * Each inflater on the blocks at the head of a real BAM, with CRC32: {@code java -jar
 * benchmarks/target/benchmarks.jar Inflater -p bam=FILE}. The figure to read is {@code megabytes}:
 * inflated megabytes a second and thread ({@code -t 2} for two).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
public class InflaterBenchmark {
  private static final int HEAD_BYTES = 64 << 20;

  @Param({"LIBDEFLATE", "GKL", "JAVA", "JDK"})
  public Inflater inflater;

  /** Path of a BAM; empty: made-up short reads. */
  @Param("")
  public String bam;

  private byte[] head;
  private int at;
  private BlockInflater instance;
  private final byte[] target = new byte[BlockHeader.MAX_BYTES];

  @Setup
  public void open() throws IOException {
    try (InputStream in = Files.newInputStream(BenchmarkBam.path(bam))) {
      head = in.readNBytes(HEAD_BYTES);
    }
    instance = Inflaters.choose(inflater).open();
  }

  @TearDown
  public void close() {
    instance.close();
  }

  /** One block; from the last whole one back to the first. */
  @Benchmark
  public byte[] block(Throughput throughput) throws DataFormatException {
    if (at + BlockHeader.MAX_BYTES > head.length) {
      at = 0;
    }
    int header = BlockHeader.length(head, at);
    int size = BlockHeader.blockSize(head, at);
    int inflatedSize = LittleEndian.int32(head, at + size - 4);
    instance.inflate(
        head, at + header, size - header - BlockHeader.FOOTER_BYTES, target, 0, inflatedSize);
    at += size;
    throughput.addBytes(inflatedSize);
    return target;
  }
}
