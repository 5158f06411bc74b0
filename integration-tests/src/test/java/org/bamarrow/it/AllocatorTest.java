package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.BamArrowReader;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSources;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All Arrow memory is given back, whatever happens; a leak would stand among the suppressed. */
class AllocatorTest {
  @TempDir private static Path folder;
  private static Path bam;

  @BeforeAll
  static void makeABamOfManyChunks() throws IOException {
    bam = folder.resolve("many.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 6000, 9).withBlocks(false, 4, 30_000));
  }

  private static ConvertOptions options(MachineOptions machine) {
    return Conversions.WHOLE.withBatches(Conversions.SMALL).withMachine(machine);
  }

  @Test
  void closingTheReaderAtAnyPointFreesEverything() throws Exception {
    for (MachineOptions machine : Conversions.machines()) {
      for (int batches : new int[] {0, 1, 2, 5, 17, Integer.MAX_VALUE}) {
        try (BufferAllocator allocator = new RootAllocator()) {
          try (BamArrowReader reader = open(bam, machine, allocator)) {
            for (int i = 0; i < batches && reader.loadNextBatch(); i++) {
              assertTrue(allocator.getAllocatedMemory() > 0);
            }
          }
          assertEquals(0, allocator.getAllocatedMemory(), () -> machine + ", batch " + batches);
        }
      }
    }
  }

  @Test
  void theReaderTellsAnErrorInItsPlaceAndFreesEverything() throws Exception {
    Path damaged = folder.resolve("damaged.bam");
    byte[] bytes = Files.readAllBytes(bam);
    bytes[bytes.length * 2 / 3] ^= 0x10;
    Files.write(damaged, bytes);
    long rows = -1;
    for (MachineOptions machine : Conversions.machines()) {
      long before = 0;
      try (BufferAllocator allocator = new RootAllocator()) {
        try (BamArrowReader reader = open(damaged, machine, allocator)) {
          before = readToTheError(reader);
        }
        assertEquals(0, allocator.getAllocatedMemory(), machine::toString);
      }
      assertTrue(before > 1000);
      assertEquals(rows < 0 ? before : rows, before, "rows before the error");
      rows = before;
    }
  }

  private static long readToTheError(BamArrowReader reader) {
    long[] rows = {0};
    assertThrows(
        BamFormatException.class,
        () -> {
          while (reader.loadNextBatch()) {
            rows[0] += reader.getVectorSchemaRoot().getRowCount();
          }
        });
    return rows[0];
  }

  @Test
  void aFullDiskIsToldAsSuch() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no " + full);
    for (MachineOptions machine : Conversions.machines()) {
      for (Compression compression : Compression.values()) {
        ConvertOptions options =
            options(machine)
                .withOutput(
                    OutputOptions.defaults()
                        .withFormat(Format.STREAM)
                        .withCompression(compression));
        IOException error =
            assertThrows(IOException.class, () -> Conversions.convert(bam, full, options));
        assertTrue(error.getMessage().contains("No space left"), error.toString());
        assertEquals(List.of(), Arrays.asList(error.getSuppressed()));
      }
    }
  }

  @Test
  void aFailingConversionTellsItsErrorAndNoLeak() throws Exception {
    byte[] bytes = Files.readAllBytes(bam);
    for (int part = 1; part < 8; part++) {
      Path damaged = folder.resolve("damaged.bam");
      byte[] copy = bytes.clone();
      copy[bytes.length * part / 8] ^= 0x10;
      Files.write(damaged, copy);
      for (MachineOptions machine : Conversions.machines()) {
        Path arrow = folder.resolve("damaged.arrow");
        BamFormatException error =
            assertThrows(
                BamFormatException.class,
                () -> Conversions.convert(damaged, arrow, options(machine)));
        assertEquals(List.of(), Arrays.asList(error.getSuppressed()));
        assertTrue(Files.notExists(arrow));
      }
    }
  }

  private static BamArrowReader open(Path source, MachineOptions machine, BufferAllocator allocator)
      throws IOException {
    return new BamArrowReader(
        List.of(ByteSources.open(source.toString())), options(machine), allocator);
  }
}
