package org.bamarrow.internal.rewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.ArrowToArrow;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.OutputTarget;
import org.bamarrow.internal.ipc.ZoneFiles;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartSize;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversions of Arrow data with several threads. */
class RewriteThreadsTest {
  private static final int ROWS = 3_000;
  private static final List<Integer> THREADS = List.of(1, 2, 4);

  @TempDir private Path folder;
  private Path file;
  private Path stream;
  private Path parts;

  @BeforeEach
  void makeInputs() throws IOException {
    Path bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, ROWS, 1));
    ConvertOptions options = ZoneFiles.options(70);
    file = folder.resolve("in.arrow");
    stream = folder.resolve("in.arrows");
    parts = folder.resolve("parts");
    List<String> from = List.of(bam.toString());
    BamToArrow.convert(from, file.toString(), options, Progress.NONE);
    OutputOptions packed =
        options.output().withFormat(Format.STREAM).withCompression(Compression.LZ4);
    BamToArrow.convert(from, stream.toString(), options.withOutput(packed), Progress.NONE);
    BamToParts.convert(from, parts.toString(), options, PartSize.count(3), Progress.NONE);
  }

  @AfterEach
  void noThreadIsLeft() {
    Thread.interrupted();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    assertTrue(threads.stream().noneMatch(each -> each.getName().startsWith("bamarrow-worker")));
  }

  private static ArrowOptions with(ArrowOptions options, int threads) {
    return options.withMachine(MachineOptions.defaults().withThreads(threads));
  }

  private static List<ArrowOptions> conversions() {
    ArrowOptions all = ArrowOptions.defaults();
    OutputOptions zstd = OutputOptions.defaults().withCompression(Compression.ZSTD);
    RowOptions some = RowOptions.defaults().withMinMapq(20);
    return List.of(
        all,
        all.withOutput(zstd).withKeepCompression(false),
        all.withBatches(111, 1 << 20).withColumns(List.of("pos", "tags")),
        all.withRows(some),
        all.withRows(some.withLimit(ROWS / 3)),
        all.withRows(RowOptions.defaults().withExcludeFlags(0x8000).withLimit(ROWS / 2)));
  }

  @Test
  void bytesAndCountsDoNotDependOnTheNumberOfThreads() throws IOException {
    for (Path input : List.of(file, stream, parts)) {
      for (ArrowOptions options : conversions()) {
        String expected = null;
        byte[] bytes = null;
        for (int threads : THREADS) {
          Path out = Files.createTempDirectory(folder, "out").resolve("out.arrow");
          var done =
              ArrowToArrow.convert(input, out.toString(), with(options, threads), Progress.NONE);
          String counts =
              done.rowsRead()
                  + " "
                  + done.rowsLeftOut()
                  + " "
                  + done.rows()
                  + done.removed()
                  + done.batches()
                  + " "
                  + done.batchesCopied();
          bytes = bytes == null ? Files.readAllBytes(out) : bytes;
          expected = expected == null ? counts : expected;
          assertArrayEquals(bytes, Files.readAllBytes(out), threads + " " + options);
          assertEquals(expected, counts, threads + " " + options);
        }
      }
    }
  }

  @Test
  void littleMemoryGivesTheSameBytes() throws IOException {
    ArrowOptions options = conversions().get(1);
    byte[] expected = rewritten(with(options, 1));
    MachineOptions little = MachineOptions.defaults().withThreads(4).withMemoryBytes(1 << 20);
    assertArrayEquals(expected, rewritten(options.withMachine(little)));
  }

  /** No batch waits for memory of a later one, which waits for the end of a file. */
  @Test
  @Timeout(60)
  void littleMemoryIsEnoughForManyParts() throws IOException {
    Path many = folder.resolve("many");
    ArrowOptions large = ArrowOptions.defaults().withBatches(ROWS, 1 << 20);
    ArrowToArrow.convertToParts(file, many.toString(), PartSize.count(10), large, Progress.NONE);
    MachineOptions little = MachineOptions.defaults().withThreads(8).withMemoryBytes(1 << 20);
    ArrowOptions options = conversions().get(1);
    for (int i = 0; i < 5; i++) {
      Path one = folder.resolve("one" + i);
      Path other = folder.resolve("other" + i);
      ArrowToArrow.convert(many, one.toString(), with(options, 1), Progress.NONE);
      ArrowToArrow.convert(many, other.toString(), options.withMachine(little), Progress.NONE);
      assertEquals(-1, Files.mismatch(one, other));
    }
  }

  @Test
  void partsDoNotDependOnTheNumberOfThreads() throws IOException {
    for (Path input : List.of(file, parts)) {
      for (ArrowOptions options : conversions()) {
        List<List<Long>> expected = null;
        for (int threads : THREADS) {
          Path out = Files.createTempDirectory(folder, "out");
          ArrowToArrow.convertToParts(
              input, out.toString(), PartSize.count(4), with(options, threads), Progress.NONE);
          Manifest manifest = Manifest.read(new LocalPartStore(out.toString(), false));
          List<List<Long>> found =
              manifest.parts().stream().map(each -> List.of(each.rows(), each.bytes())).toList();
          expected = expected == null ? found : expected;
          assertEquals(expected, found, threads + " " + options);
        }
      }
    }
  }

  /** Converts the file, and checks that all memory is returned. */
  private byte[] rewritten(ArrowOptions options) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RootAllocator allocator = new RootAllocator();
        OutputTarget target =
            OutputTarget.of(
                Channels.newChannel(bytes), options.output().withFormat(Format.STREAM))) {
      Rewrite rewrite = new Rewrite(new RewriteInput(file), options, Progress.NONE);
      IpcOutput output = target.output(1);
      try {
        rewrite.run(
            new RewriteOutput() {
              @Override
              public void start(IpcSchema schema) throws IOException {
                output.start(() -> schema);
              }

              @Override
              public IpcOutput next() {
                return output;
              }

              @Override
              public void finish() throws IOException {
                output.finish();
              }
            },
            allocator);
      } finally {
        assertEquals(0, allocator.getAllocatedMemory());
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void theFirstErrorIsReportedAndAllMemoryReturned() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long[] at = new long[2];
    try (var batches = IpcBatches.open(new FileByteSource("x", file))) {
      at[0] = batches.blocks().get(20).getOffset();
      at[1] = batches.blocks().get(30).getOffset();
    }
    for (long each : at) {
      Arrays.fill(bytes, (int) each + 8, (int) each + 40, (byte) -1);
    }
    Files.write(file, bytes);
    for (ArrowOptions options : conversions().subList(1, 4)) {
      for (int threads : THREADS) {
        ArrowOptions how = with(options, threads);
        IOException error = assertThrows(IOException.class, () -> rewritten(how));
        assertTrue(error.getMessage().contains("at offset " + at[0] + ":"), error.getMessage());
        Path out = folder.resolve("out");
        assertThrows(
            IOException.class,
            () -> ArrowToArrow.convert(file, out.toString(), how, Progress.NONE));
        assertTrue(Files.notExists(out));
      }
    }
  }

  @Test
  void anInterruptEndsTheConversion() {
    Progress interrupting =
        (total, read) -> {
          Thread.currentThread().interrupt();
          return () -> {};
        };
    Path out = folder.resolve("out");
    InterruptedIOException error =
        assertThrows(
            InterruptedIOException.class,
            () ->
                ArrowToArrow.convert(
                    file, out.toString(), with(conversions().get(1), 2), interrupting));
    assertTrue(error.getMessage().contains("interrupted while"), error.getMessage());
    assertTrue(Thread.interrupted());
    assertTrue(Files.notExists(out));
  }

  @Test
  void progressEndsAtTheSizeOfTheInput() throws IOException {
    AtomicLong total = new AtomicLong();
    AtomicLong end = new AtomicLong();
    Progress progress =
        (bytes, read) -> {
          total.set(bytes);
          return () -> end.set(read.getAsLong());
        };
    ArrowOptions options = with(conversions().get(1), 2);
    ArrowToArrow.convert(stream, folder.resolve("out").toString(), options, progress);
    assertEquals(Files.size(stream), total.get());
    assertEquals(total.get() - 8, end.get()); // without the end-of-stream marker
  }

  @Test
  void aBatchWaitsForMemoryUnlessItIsAlone() throws InterruptedException {
    MemoryBudget memory = new MemoryBudget(100);
    long all = memory.take(1_000_000);
    AtomicLong order = new AtomicLong();
    long[] taken = new long[1];
    Thread next =
        new Thread(
            () -> {
              memory.take(1);
              taken[0] = order.incrementAndGet();
            });
    next.start();
    long released = order.incrementAndGet();
    memory.release(all);
    next.join();
    assertEquals(1, released);
    assertEquals(2, taken[0]);
  }
}
