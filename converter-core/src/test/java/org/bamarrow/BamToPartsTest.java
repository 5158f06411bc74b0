package org.bamarrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.internal.parts.LocalPartExecutor;
import org.bamarrow.internal.parts.PartPlan;
import org.bamarrow.internal.parts.PartPlan.Cut;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSources;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.MemoryPartStore;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartSize;
import org.bamarrow.parts.PartsReader;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a directory of parts are those of one output, whatever the parts. */
class BamToPartsTest {
  private static final ConvertOptions OPTIONS =
      ConvertOptions.defaults()
          .withTags(TagOptions.NONE.withOther(OtherTags.ALL))
          .withBatches(new BatchOptions(1000, 1 << 16, 1 << 20))
          .withMachine(MachineOptions.defaults().withThreads(3).withInflater(Inflater.JDK));

  @TempDir private Path folder;
  private final MemoryPartStore store = new MemoryPartStore();
  private Path bam;

  @BeforeEach
  void makeInput() throws IOException {
    bam = bam("in.bam", SynthProfile.SHORT, 8_000);
  }

  private Path bam(String name, SynthProfile profile, long records) throws IOException {
    Path file = folder.resolve(name);
    SynthBam.write(file, SynthOptions.of(profile, records, 1));
    return file;
  }

  private static PartSize count(int parts) {
    return PartSize.count(parts);
  }

  private ConvertReport convert(ConvertOptions options, PartSize size, Path... bams)
      throws IOException {
    return BamToParts.convert(names(bams), store, options, size, Progress.NONE);
  }

  /** Cuts off the grid of chunks give short inputs many parts. */
  private void convertCut(Cut cut, Path bam) throws IOException {
    LocalPartExecutor.convert(names(bam), store, OPTIONS, cut, Progress.NONE);
  }

  private static List<String> names(Path... bams) {
    return List.of(bams).stream().map(Path::toString).toList();
  }

  /** Every value of every row as text, a line a row. */
  private static byte[] text(ArrowReader reader) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (reader.loadNextBatch()) {
      VectorSchemaRoot batch = reader.getVectorSchemaRoot();
      for (int row = 0; row < batch.getRowCount(); row++) {
        for (FieldVector column : batch.getFieldVectors()) {
          text.writeBytes((column.getObject(row) + "\t").getBytes(StandardCharsets.UTF_8));
        }
        text.write('\n');
      }
    }
    return text.toByteArray();
  }

  private static byte[] whole(ConvertOptions options, Path... bams) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        BamArrowReader reader =
            new BamArrowReader(ByteSources.openAll(names(bams)), options, allocator)) {
      return text(reader);
    }
  }

  private byte[] union() throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        PartsReader reader = new PartsReader(store, allocator)) {
      return text(reader);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50})
  void theUnionIsTheWholeAndTheManifestJoins(int parts) throws IOException {
    ConvertReport report = convert(OPTIONS, count(parts), bam);
    assertArrayEquals(whole(OPTIONS, bam), union());
    Manifest manifest = Manifest.read(store);
    manifest.validate("again");
    assertEquals(8_000, manifest.totals().rows());
    assertEquals(8_000, report.rows());
    assertEquals(manifest.totals().bytes(), report.bytesOut());
    assertEquals(manifest.parts().size(), report.settings().parts());
    assertTrue(manifest.parts().size() > parts / 3, "parts " + manifest.parts().size());
    List<String> names = manifest.parts().stream().map(Part::name).toList();
    assertEquals(names.stream().sorted().toList(), names);
    assertEquals(names.size() + 2, store.names().size(), "manifest and statistics");
  }

  @Test
  void batchesAreThoseOfTheWhole() throws IOException {
    assertEquals(batches(1), batches(7));
  }

  private List<Integer> batches(int parts) throws IOException {
    ConvertOptions forced = OPTIONS.withOutput(output(Compression.NONE));
    convert(forced, count(parts), bam);
    List<Integer> rows = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        PartsReader reader = new PartsReader(store, allocator)) {
      while (reader.loadNextBatch()) {
        rows.add(reader.getVectorSchemaRoot().getRowCount());
      }
    }
    return rows;
  }

  private static OutputOptions output(Compression compression) {
    return OutputOptions.defaults()
        .withCompression(compression)
        .withWriteBytes(1 << 20)
        .withForce(true);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void partsAreCompressedAsAsked(Compression compression) throws IOException {
    convert(OPTIONS.withOutput(output(compression)), count(3), bam);
    assertArrayEquals(whole(OPTIONS, bam), union());
  }

  @ParameterizedTest
  @EnumSource(
      value = SynthProfile.class,
      names = {"EDGE", "LONG", "SINGLECELL"})
  void recordsOfAllKindsSurviveTheCuts(SynthProfile profile) throws IOException {
    Path other = bam("other.bam", profile, profile == SynthProfile.LONG ? 60 : 2_000);
    convert(OPTIONS, count(7), other);
    assertArrayEquals(whole(OPTIONS, other), union());
  }

  @Test
  void severalInputsFollowEachOther() throws IOException {
    Path empty = bam("empty.bam", SynthProfile.SHORT, 0);
    Path[] bams = {bam, empty, bam("b.bam", SynthProfile.SHORT, 900), empty};
    convert(OPTIONS, count(9), bams);
    assertArrayEquals(whole(OPTIONS, bams), union());
    assertEquals(4, Manifest.read(store).inputs().size());
  }

  @Test
  void splitsInWhichNoRecordStartsGivePartsWithoutRows() throws IOException {
    Path one = bam("one.bam", SynthProfile.ULTRALONG, 2);
    Cut cut = (sizes, grid) -> PartPlan.byCount(sizes, 20, 10_000);
    convertCut(cut, one);
    assertArrayEquals(whole(OPTIONS, one), union());
    List<Part> parts = Manifest.read(store).parts();
    assertEquals(20, parts.size());
    assertTrue(parts.stream().filter(part -> part.rows() == 0).count() >= 17, parts.toString());
  }

  @Test
  void splitsWithinTheHeaderGivePartsWithoutRows() throws IOException {
    Cut cut = (sizes, grid) -> PartPlan.byCount(sizes, 300, 1);
    convertCut(cut, bam("small.bam", SynthProfile.SHORT, 50));
    assertEquals(50, Manifest.read(store).totals().rows());
  }

  @Test
  void partsOnAnyStorageArePutTogetherAsOneFile() throws IOException {
    ConvertReport report = convert(OPTIONS, count(7), bam);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ArrowConcat.Result result = ArrowConcat.concatParts(store, file, 1 << 16);
    assertEquals(8_000, result.rows());
    assertEquals(report.batches(), result.batches());
    assertEquals(file.size(), result.bytes());
    try (BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader =
            new ArrowFileReader(
                new ByteArrayReadableSeekableByteChannel(file.toByteArray()), allocator)) {
      assertArrayEquals(whole(OPTIONS, bam), text(reader));
    }
  }

  @Test
  void theDefaultIsPartsOfOneSizeInALocalDirectory() throws IOException {
    String directory = folder.resolve("out").toString();
    assertEquals(8_000, BamToParts.convert(names(bam), directory, OPTIONS).rows());
    Manifest manifest = Manifest.read(new LocalPartStore(directory, false));
    assertEquals(1, manifest.parts().size(), "the input is shorter than a part");
    assertEquals(8_000, manifest.totals().rows());
  }

  @Test
  void anInputWithoutRecordsIsOnePart() throws IOException {
    convert(OPTIONS, count(1), bam("empty.bam", SynthProfile.SHORT, 0));
    assertEquals(0, union().length);
    assertEquals(1, Manifest.read(store).parts().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1234, 4000, 7999, 8000, 8001})
  void limitsAreExact(int limit) throws IOException {
    ConvertOptions limited = OPTIONS.withRows(RowOptions.defaults().withLimit(limit));
    convert(limited, count(7), bam);
    assertArrayEquals(whole(limited, bam), union());
    Manifest manifest = Manifest.read(store);
    assertEquals(Math.min(8000, limit), manifest.totals().rows());
    int others = limit == 0 ? 1 : 2; // without rows there are no statistics
    assertEquals(manifest.parts().size() + others, store.names().size(), "losers are gone");
  }

  @Test
  void filtersAndLimitsTogether() throws IOException {
    RowOptions reverse = RowOptions.defaults().withRequireFlags(16).withMinMapq(20).withLimit(1500);
    ConvertOptions limited = OPTIONS.withRows(reverse);
    convert(limited, count(7), bam);
    assertArrayEquals(whole(limited, bam), union());
    assertEquals(1500, Manifest.read(store).totals().rows());
  }

  @Test
  void aFullDiskLeavesNothing() throws IOException {
    store.put("notes.txt", new byte[1]);
    store.limitTo(1_500_000);
    IOException error = assertThrows(IOException.class, () -> convert(OPTIONS, count(7), bam));
    assertEquals("memory: No space left", error.getMessage());
    assertEquals(List.of("notes.txt"), store.names());
    store.limitTo(Long.MAX_VALUE);
    convert(OPTIONS, count(7), bam);
    assertArrayEquals(whole(OPTIONS, bam), union());
  }

  @Test
  void damageIsToldAsTheFirstInTheOrderOfTheFileAndLeavesNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    for (int at : new int[] {bytes.length / 2, bytes.length * 5 / 6}) {
      for (int i = 0; i < 40; i++) {
        bytes[at + i] ^= 0x55;
      }
    }
    Files.write(bam, bytes);
    BamFormatException expected = assertThrows(BamFormatException.class, () -> whole(OPTIONS, bam));
    for (int round = 0; round < 5; round++) {
      BamFormatException error =
          assertThrows(BamFormatException.class, () -> convert(OPTIONS, count(7), bam));
      assertEquals(expected.virtualOffset(), error.virtualOffset());
      assertEquals(List.of(), store.names());
    }
  }

  @Test
  void aMissingEndMarkerIsToldAndMayBeAllowed() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    Files.write(bam, java.util.Arrays.copyOf(bytes, bytes.length - 28));
    assertThrows(BamFormatException.class, () -> convert(OPTIONS, count(3), bam));
    assertFalse(convert(OPTIONS.withAllowMissingEof(true), count(3), bam).endMarkerSeen());
  }
}
