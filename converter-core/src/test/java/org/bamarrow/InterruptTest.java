package org.bamarrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.io.ByteSources;
import org.bamarrow.parts.PartSize;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that is interrupted in a call gets one kind of exception, which says so. */
class InterruptTest {
  @TempDir private Path folder;
  private String bam;
  private String out;

  @BeforeEach
  void makeInput() throws IOException {
    Path path = folder.resolve("in.bam");
    SynthBam.write(path, SynthOptions.of(SynthProfile.SHORT, 2_000, 1));
    bam = path.toString();
    out = folder.resolve("out").toString();
  }

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  /** Interrupts the caller's thread when everything is open and the work begins. */
  private record Interrupting() implements Progress {
    @Override
    public Watch watch(long totalBytes, LongSupplier bytesRead) {
      Thread.currentThread().interrupt();
      return () -> {};
    }

    @Override
    public void warn(String message) {}
  }

  private static ConvertOptions options(Strategy strategy) {
    MachineOptions machine = MachineOptions.defaults();
    return ConvertOptions.defaults()
        .withMachine(machine.withStrategy(strategy).withThreads(2).withSegments(2));
  }

  private void assertInterrupted(Executable call) throws IOException {
    InterruptedIOException error = assertThrows(InterruptedIOException.class, call);
    assertTrue(error.getMessage().contains("interrupted while"), error.getMessage());
    assertTrue(Thread.interrupted(), "the flag is gone");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(Path.of(bam)), files.toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void inTheMiddleOfAConversion(Strategy strategy) throws IOException {
    assertInterrupted(
        () -> BamToArrow.convert(List.of(bam), out, options(strategy), new Interrupting()));
  }

  @Test
  void inTheMiddleOfAConversionToParts() throws IOException {
    assertInterrupted(
        () ->
            BamToParts.convert(
                List.of(bam),
                out,
                options(Strategy.PIPELINE),
                PartSize.count(2),
                new Interrupting()));
  }

  @ParameterizedTest
  @EnumSource
  void beforeACall(Strategy strategy) throws IOException {
    Thread.currentThread().interrupt();
    assertInterrupted(() -> BamToArrow.convert(List.of(bam), out, options(strategy)));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIPELINE", "SEQUENTIAL"})
  void whileBatchesAreRead(Strategy strategy) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        BamArrowReader reader =
            new BamArrowReader(ByteSources.openAll(List.of(bam)), options(strategy), allocator)) {
      reader.getVectorSchemaRoot();
      Thread.currentThread().interrupt();
      assertInterrupted(
          () -> {
            while (reader.loadNextBatch()) {}
          });
    }
  }

  @Test
  void choosingAnInflaterKeepsTheInterruptStatus() {
    Thread.currentThread().interrupt();
    Inflaters.chooseAsync(Inflater.AUTO).get();
    assertTrue(Thread.interrupted());
  }
}
