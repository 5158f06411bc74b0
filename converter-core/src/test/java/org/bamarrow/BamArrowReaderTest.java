package org.bamarrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reader from outside: batches, errors, closing. */
@Timeout(120)
class BamArrowReaderTest extends ConvertedBams {
  @ParameterizedTest
  @EnumSource
  void theReaderGivesTheBatchesOfTheFile(Strategy strategy) throws IOException {
    List<String> sources = List.of(bam("a.bam", 2000), bam("b.bam", 0), bam("c.bam", 900));
    ConvertOptions options = options(strategy, 3);
    BamToArrow.convert(sources, target("out"), options);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader file = file(target("out"), allocator);
        ArrowReader reader = new BamArrowReader(ByteSources.openAll(sources), options, allocator)) {
      VectorSchemaRoot expected = file.getVectorSchemaRoot();
      VectorSchemaRoot batch = reader.getVectorSchemaRoot();
      assertEquals(expected.getSchema(), batch.getSchema());
      int batches = 0;
      while (file.loadNextBatch()) {
        assertTrue(reader.loadNextBatch());
        assertEquals(expected.getRowCount(), batch.getRowCount());
        assertEquals(expected.contentToTSVString(), batch.contentToTSVString());
        batches++;
      }
      assertFalse(reader.loadNextBatch());
      assertFalse(reader.loadNextBatch());
      assertTrue(batches > 19, "batches: " + batches);
      assertTrue(reader.bytesRead() > 400_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingAfterAnyNumberOfBatchesFreesEverything(Strategy strategy) throws IOException {
    List<String> sources = List.of(bam("a.bam", 3000));
    for (int batches = 0; batches < 12; batches++) {
      try (BufferAllocator allocator = new RootAllocator()) {
        try (ArrowReader reader =
            new BamArrowReader(ByteSources.openAll(sources), options(strategy, 3), allocator)) {
          for (int i = 0; i < batches; i++) {
            assertTrue(reader.loadNextBatch());
          }
        }
        assertEquals(0, allocator.getAllocatedMemory());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorComesAfterTheBatchesBeforeItAndOnEveryFurtherCall(Strategy strategy)
      throws IOException {
    byte[] file = Files.readAllBytes(Path.of(bam("a.bam", 3000)));
    file[file.length / 2] ^= 1;
    int expected = -1;
    for (int round = 0; round < 5; round++) {
      try (BufferAllocator allocator = new RootAllocator();
          ArrowReader reader =
              new BamArrowReader(
                  List.of(new BytesSource("a.bam", file)), options(strategy, 4), allocator)) {
        int rows = 0;
        BamFormatException error = null;
        while (error == null) {
          try {
            assertTrue(reader.loadNextBatch());
            rows += reader.getVectorSchemaRoot().getRowCount();
          } catch (BamFormatException e) {
            error = e;
          }
        }
        assertTrue(error.getMessage().startsWith("a.bam: at virtual offset "), error.getMessage());
        assertTrue(rows > 500, "rows: " + rows);
        expected = expected < 0 ? rows : expected;
        assertEquals(expected, rows);
        assertThrows(BamFormatException.class, reader::loadNextBatch);
      }
    }
  }

  @Test
  void sourcesAreClosedIfOptionsAreInvalid() throws IOException {
    byte[] file = Files.readAllBytes(Path.of(bam("a.bam", 3)));
    byte[] bad = {1, 2, 3};
    ConvertOptions unknownRegion =
        ConvertOptions.defaults()
            .withRegions(RegionOptions.defaults().withRegions("no such reference"));
    try (BufferAllocator allocator = new RootAllocator()) {
      for (byte[] second : List.of(file, bad)) {
        for (ConvertOptions options : List.of(unknownRegion, options(Strategy.PIPELINE, 1))) {
          List<Watched> sources = Stream.of(file, second, file).map(Watched::new).toList();
          try {
            new BamArrowReader(List.copyOf(sources), options, allocator).close();
          } catch (IOException | IllegalArgumentException expected) {
            assertNotNull(expected.getMessage());
          }
          sources.forEach(source -> assertTrue(source.closed));
        }
      }
    }
  }
}
