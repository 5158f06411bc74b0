package org.bamarrow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.ipc.Codecs;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.io.TempDir;

/** BAMs made for a test, and what was converted from them. */
abstract class ConvertedBams {
  static final String HEADER = "@HD\tVN:1.6\tSO:coordinate\n@CO\tgrün\n";

  @TempDir Path folder;

  /** Many small chunks and batches. */
  static ConvertOptions options(Strategy strategy, int threads) {
    return ConvertOptions.defaults()
        .withBatches(new BatchOptions(150, 1 << 16, 1 << 16))
        .withMachine(
            MachineOptions.defaults()
                .withStrategy(strategy)
                .withThreads(threads)
                .withInflater(Inflater.JDK)
                .withMemoryBytes(256 << 20)
                .withReadBytes(1 << 16));
  }

  /** Small writes that replace an existing file. */
  static OutputOptions output(Format format, Compression compression) {
    return OutputOptions.defaults()
        .withFormat(format)
        .withCompression(compression)
        .withWriteBytes(1 << 14)
        .withForce(true);
  }

  String bam(String name, int records) throws IOException {
    BamBytes bam = new BamBytes(HEADER.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < records; i++) {
      RecordBytes record = new RecordBytes().name("read" + i).flag(i & 0xffb);
      bam.add(record.integer("NM", 'C', i & 0xff).text("MD", "x".repeat(i % 300)));
    }
    return write(name, new BgzfBytes(0).blocks(bam.bytes(), () -> 7001).end().bytes());
  }

  String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  String target(String name) {
    return folder.resolve(name).toString();
  }

  ArrowFileReader file(String name, BufferAllocator allocator) throws IOException {
    return new ArrowFileReader(Files.newByteChannel(Path.of(name)), allocator, Codecs.FACTORY);
  }

  List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Tells whether it has been closed. */
  static final class Watched implements ByteSource {
    private final BytesSource source;
    boolean closed;

    Watched(byte[] bytes) {
      this("watched", bytes);
    }

    Watched(String name, byte[] bytes) {
      source = new BytesSource(name, bytes);
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      return source.read(position, target, offset, length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
