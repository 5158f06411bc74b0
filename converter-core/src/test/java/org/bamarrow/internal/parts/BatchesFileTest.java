package org.bamarrow.internal.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.ZoneFiles;
import org.bamarrow.internal.ipc.ZoneTable;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartSize;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesFileTest {
  @TempDir Path folder;
  private LocalPartStore store;
  private Manifest manifest;

  @BeforeEach
  void convert() throws IOException {
    Path bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 12_000, 3));
    store = new LocalPartStore(folder.resolve("parts").toString(), true);
    var options = ZoneFiles.options(100);
    BamToParts.convert(List.of(bam.toString()), store, options, PartSize.count(3), Progress.NONE);
    manifest = Manifest.read(store);
  }

  /** Rows by part, in the order of the table. */
  private Map<String, Long> rows() throws IOException {
    Map<String, Long> rows = new LinkedHashMap<>();
    Path file = folder.resolve("parts").resolve(PartNames.BATCHES);
    try (BufferAllocator allocator = new RootAllocator();
        IpcBatches table = IpcBatches.open(new FileByteSource(file.toString(), file))) {
      table.selectAll(allocator);
      while (table.next()) {
        BigIntVector counts = (BigIntVector) table.root().getVector("rows");
        for (int row = 0; row < table.root().getRowCount(); row++) {
          rows.merge(
              table.root().getVector("part").getObject(row).toString(), counts.get(row), Long::sum);
        }
      }
    }
    return rows;
  }

  private void write(Manifest next, List<WrittenPart> written) {
    write(manifest, next, written);
  }

  private void write(Manifest before, Manifest next, List<WrittenPart> written) {
    BatchesFile.publish(store, BatchesFile.make(store, Optional.of(before), next, written));
  }

  private static Map<String, Long> of(List<Part> parts) {
    Map<String, Long> rows = new LinkedHashMap<>();
    parts.forEach(part -> rows.put(part.name(), part.rows()));
    return rows;
  }

  @Test
  void theTableHasTheRowsOfAllParts() throws IOException {
    assertEquals(3, manifest.parts().size());
    assertEquals(of(manifest.parts()), rows());
  }

  @Test
  void rowsOfPartsThatAreStillThereAreKeptAndOthersAreNot() throws IOException {
    List<Part> parts = new ArrayList<>(manifest.parts().subList(0, 2));
    Part more = new Part("part-00007-aaaaaaaa-0.arrow", 1, 1, 1, "00000000", List.of(), null);
    parts.add(more);
    Manifest next = Manifest.of("aaaaaaaa", manifest.arrowSchema(), manifest.inputs(), parts);
    write(next, List.of(new WrittenPart(more, onlyLast())));
    Map<String, Long> expected = of(manifest.parts());
    assertEquals(expected.keySet(), rows().keySet(), "two are kept, one stands for the new part");
  }

  /** A table with the rows of the last part only. */
  private byte[] onlyLast() throws IOException {
    Part last = manifest.parts().get(2);
    Path file = folder.resolve("parts").resolve(last.name());
    ZoneFiles zones = ZoneFiles.read(file);
    assertFalse(zones.zones().isEmpty());
    try (IpcBatches batches = IpcBatches.open(new FileByteSource(file.toString(), file))) {
      ZoneColumns columns = ZoneColumns.of(batches.schema().getFields(), false);
      return ZoneTable.write(last.name(), columns, zones.zones(), batches.blocks());
    }
  }

  @Test
  void manyPartsShareTheRows() {
    assertEquals(1 << 16, BatchesFile.rowsOfPart(1));
    assertEquals(8, BatchesFile.rowsOfPart(8_000));
    assertEquals(4, BatchesFile.rowsOfPart(1_000_000));
  }

  @Test
  void aDamagedTableIsReplaced() throws IOException {
    Path table = folder.resolve("parts").resolve(PartNames.BATCHES);
    Files.write(table, new byte[100]);
    Part last = manifest.parts().get(2);
    write(manifest, List.of(new WrittenPart(last, onlyLast())));
    assertEquals(List.of(last.name()), List.copyOf(rows().keySet()));
    List<WrittenPart> nothing = List.of(new WrittenPart(last, null));
    write(manifest.withBatches(null), manifest, nothing);
    assertTrue(Files.exists(table), "parts of others may be in it");
    write(manifest, manifest, nothing);
    assertTrue(Files.notExists(table), "the manifest describes another");
    write(manifest, List.of(new WrittenPart(last, onlyLast())));
    Manifest one =
        Manifest.of(manifest.job(), manifest.arrowSchema(), manifest.inputs(), List.of(last));
    write(one, List.of(new WrittenPart(last, null)));
    assertTrue(Files.notExists(table), "nothing is known");
  }
}
