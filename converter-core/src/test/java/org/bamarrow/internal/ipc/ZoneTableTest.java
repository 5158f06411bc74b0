package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.ArrowConcat;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.filter.DecodedBam;
import org.bamarrow.internal.filter.FilterFiles;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneColumns.Column;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zone maps of files against the values in their batches. */
class ZoneTableTest {
  @TempDir Path folder;

  @Test
  void zonesSayWhatIsInTheBatches() throws Exception {
    for (DecodedBam bam : FilterFiles.all(folder)) {
      ZoneFiles file = ZoneFiles.convert(bam, folder, 7);
      int batch = 0;
      try (BufferAllocator allocator = new RootAllocator();
          IpcBatches batches = open(file.file())) {
        batches.selectAll(allocator);
        while (batches.next()) {
          Zone zone = file.zones().get(batch++);
          String where = bam.name() + " batch " + batch;
          assertEquals(batches.root().getRowCount(), zone.rows(), where);
          for (int i = 0; i < file.columns().size(); i++) {
            Column column = file.columns().columns().get(i);
            check(where + " " + column, column, zone.columns().get(i), batches.root());
          }
          checkReferences(where, zone, batches.root());
        }
      }
      assertEquals(batch, file.zones().size());
    }
  }

  private static IpcBatches open(Path file) throws IOException {
    return IpcBatches.open(new FileByteSource(file.toString(), file));
  }

  private static void check(String where, Column column, ColumnZone zone, VectorSchemaRoot root) {
    FieldVector vector = root.getVector(column.name());
    if (column.child() != null) {
      vector = (FieldVector) ((StructVector) vector).getChild(column.child());
    }
    long nulls = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int row = 0; row < root.getRowCount(); row++) {
      Object value = vector.getObject(row);
      if (value == null) {
        nulls++;
      } else if (value instanceof Number number) {
        boolean floating = column.kind() == ZoneColumns.Kind.FLOAT;
        long order = floating ? ColumnZone.ofDouble(number.doubleValue()) : number.longValue();
        min = Math.min(min, order);
        max = Math.max(max, order);
      }
    }
    assertEquals(nulls, zone.nulls(), where);
    boolean bounded =
        nulls < root.getRowCount()
            && (column.kind() == ZoneColumns.Kind.INTEGER
                || column.kind() == ZoneColumns.Kind.FLOAT);
    assertEquals(bounded ? new Numbers(min, max) : null, zone.bounds(), where);
  }

  private static void checkReferences(String where, Zone zone, VectorSchemaRoot root) {
    Map<String, long[]> expected = new HashMap<>();
    for (int row = 0; row < root.getRowCount(); row++) {
      Object name = root.getVector("rname").getObject(row);
      if (name == null) {
        continue;
      }
      long none = ReferenceZone.UNKNOWN;
      long[] of =
          expected.computeIfAbsent(
              name.toString(), n -> new long[] {0, Long.MAX_VALUE, none, none});
      of[0]++;
      Integer pos = (Integer) root.getVector("pos").getObject(row);
      Integer end = (Integer) root.getVector("end").getObject(row);
      if (pos != null) {
        of[1] = Math.min(of[1], pos);
        of[2] = Math.max(of[2], pos);
        of[3] = Math.max(of[3], end);
      }
    }
    if (zone.references() == null) {
      return;
    }
    assertEquals(expected.size(), zone.references().size(), where);
    for (ReferenceZone each : zone.references()) {
      long[] of = expected.get(new String(each.name(), StandardCharsets.UTF_8));
      long min = of[2] == ReferenceZone.UNKNOWN ? ReferenceZone.UNKNOWN : of[1];
      assertArrayEquals(
          new long[] {of[0], min, of[2], of[3]},
          new long[] {each.rows(), each.minPos(), each.maxPos(), each.maxEnd()},
          where);
    }
  }

  @Test
  void segmentsAndThreadsGiveTheSameBytes() throws Exception {
    Path bam = folder.resolve("sorted.bam");
    Path one = ZoneFiles.sorted(folder, 3_000, 50).file();
    var options = ZoneFiles.options(50);
    var machine = options.machine();
    for (Strategy strategy : new Strategy[] {Strategy.PIPELINE, Strategy.SEGMENTS}) {
      Path other =
          ZoneFiles.convert(
                  bam, folder, options.withMachine(machine.withStrategy(strategy).withThreads(3)))
              .file();
      assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(other), strategy.toString());
    }
  }

  @Test
  void aLongMapHasGroupsOfBatchesAndCoversAll() throws Exception {
    ZoneFiles file = ZoneFiles.sorted(folder, 5_000, 100);
    ZoneMap map = file.map(8);
    assertEquals(7, map.zones().size());
    assertTrue(map.zones().stream().limit(6).allMatch(zone -> zone.batches() == 8));
    assertEquals(file.zones().size(), map.zones().stream().mapToInt(Zone::batches).sum());
    assertEquals(5_000, map.zones().stream().mapToLong(Zone::rows).sum());
    assertTrue(map.zones().stream().allMatch(Zone::sorted));
    List<Zone> read = throughTable(file, map.zones());
    assertEquals(text(map.zones()), text(read));
  }

  private static List<Zone> throughTable(ZoneFiles file, List<Zone> zones) throws IOException {
    try (IpcBatches batches = open(file.file())) {
      byte[] table = ZoneTable.write(null, file.columns(), zones, batches.blocks());
      return ZoneTable.read(
          text(ZoneTable.metadata(table).get(ZoneTable.KEY)),
          batches.ipcSchema().fields(),
          blocks(batches.blocks()));
    }
  }

  private static ByteSource text(String value) {
    return ZoneTable.bytes("text", value.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<FileFooter.Block> blocks(List<ArrowBlock> of) {
    return of.stream()
        .map(
            block ->
                new FileFooter.Block(
                    block.getOffset(), block.getMetadataLength(), block.getBodyLength()))
        .toList();
  }

  /** Names are arrays of bytes, which are not equal to one another. */
  private static String text(List<Zone> zones) {
    return zones.toString();
  }

  @Test
  void onlyTheStatisticsThatATestNeedsAreRead() throws Exception {
    ZoneFiles file = ZoneFiles.sorted(folder, 5_000, 10);
    ZoneTest test =
        new ZoneTest() {
          @Override
          public boolean needs(Column column) {
            return column.name().equals("mapq");
          }

          @Override
          public boolean needsReferences() {
            return false;
          }

          @Override
          public boolean canMatch(Zone zone) {
            return true;
          }
        };
    try (IpcBatches batches = open(file.file())) {
      byte[] table = ZoneTable.write(null, file.columns(), file.zones(), batches.blocks());
      CountingSource source = new CountingSource("table", table);
      List<Zone> some = new ArrayList<>();
      new ZoneTableReader(source, file.columns(), test).read(blocks(batches.blocks()), some::add);
      assertTrue(source.bytesRead() < table.length / 4, source.bytesRead() + " of " + table.length);
      int mapq = file.columns().indexOf("mapq", null);
      int pos = file.columns().indexOf("pos", null);
      for (int i = 0; i < some.size(); i++) {
        Zone whole = file.zones().get(i);
        assertEquals(whole.rows(), some.get(i).rows());
        assertEquals(whole.columns().get(mapq), some.get(i).columns().get(mapq));
        assertEquals(ColumnZone.NOTHING, some.get(i).columns().get(pos));
        assertNull(some.get(i).references());
      }
      assertEquals(file.zones().size(), some.size());
    }
  }

  @Test
  void concatenatedFilesHaveTheZonesOfBoth() throws Exception {
    ZoneFiles file = ZoneFiles.sorted(folder, 1_000, 100);
    Path twice = folder.resolve("twice.arrow");
    ArrowConcat.concat(
        List.of(file.file(), file.file()), twice.toString(), OutputOptions.defaults());
    List<Zone> expected = new ArrayList<>(file.zones());
    expected.addAll(file.zones());
    assertEquals(text(expected), text(ZoneFiles.read(twice).zones()));
  }

  @Test
  void aFileConcatenatedWithOneWithoutZonesHasNone() throws Exception {
    ZoneFiles file = ZoneFiles.sorted(folder, 1_000, 100);
    Path stream = folder.resolve("stream.arrows");
    var options = ZoneFiles.options(100);
    org.bamarrow.BamToArrow.convert(
        List.of(folder.resolve("sorted.bam").toString()),
        stream.toString(),
        options.withOutput(options.output().withFormat(Format.STREAM)),
        org.bamarrow.convert.Progress.NONE);
    Path both = folder.resolve("both.arrow");
    ArrowConcat.concat(List.of(file.file(), stream), both.toString(), OutputOptions.defaults());
    assertNull(ZoneFiles.read(both).zones());
  }

  @Test
  void aHostileTableIsRefusedOrRead() throws Exception {
    ZoneFiles file = ZoneFiles.sorted(folder, 1_000, 100);
    Schema schema;
    byte[] table;
    List<FileFooter.Block> blocks;
    try (IpcBatches batches = open(file.file())) {
      schema = batches.schema();
      blocks = blocks(batches.blocks());
      table = ZoneTable.write(null, file.columns(), file.zones(), batches.blocks());
    }
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] changed = table.clone();
      for (int n = 0; n <= i % 3; n++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      String value = Base64.getEncoder().encodeToString(changed);
      try {
        List<Zone> zones = ZoneTable.read(text(value), schema.getFields(), blocks);
        assertEquals(blocks.size(), zones.stream().mapToInt(Zone::batches).sum());
      } catch (IOException e) {
        assertNotNull(e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 100, refused + " refused");
    for (String value : new String[] {"", "!", "AAAA"}) {
      assertTrue(isRefused(value, schema, blocks), value);
    }
    assertTrue(isRefused(Base64.getEncoder().encodeToString(table), schema, moved(blocks)));
  }

  @Test
  void listsBeyondTheirElementsAreRefused() throws Exception {
    ZoneFiles file = ZoneFiles.sorted(folder, 1_000, 100);
    int[] offsets = new int[file.zones().size() + 1];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = offsets[i - 1] + file.zones().get(i - 1).references().size();
    }
    try (IpcBatches batches = open(file.file())) {
      byte[] table = ZoneTable.write(null, file.columns(), file.zones(), batches.blocks());
      ByteBuffer bytes = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
      int at = 0;
      while (!isAt(bytes, at, offsets)) {
        at += Integer.BYTES;
      }
      for (int i = 0; i < offsets.length; i++) { // times 4, they are as before in 32 bits
        bytes.putInt(at + Integer.BYTES * i, offsets[i] + (1 << 30));
      }
      String value = Base64.getEncoder().encodeToString(table);
      assertTrue(isRefused(value, batches.schema(), blocks(batches.blocks())));
    }
  }

  private static boolean isAt(ByteBuffer bytes, int at, int[] values) {
    for (int i = 0; i < values.length; i++) {
      if (bytes.getInt(at + Integer.BYTES * i) != values[i]) {
        return false;
      }
    }
    return true;
  }

  @Test
  void textsThatShareBytesAreRefused() {
    ByteBuffer offsets = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    offsets.putInt(4, 8).putInt(12, 8);
    TableColumn shared =
        new TableColumn(new ArrowType.Utf8(), null, offsets, ByteBuffer.allocate(8));
    assertThrows(IllegalArgumentException.class, () -> shared.requireOffsets(3, 8));
    assertEquals(8, shared.requireOffsets(1, 8).text(0).length);
    assertThrows(IllegalArgumentException.class, () -> shared.requireOffsets(1, 7));
  }

  /** Those of another file with as many batches. */
  private static List<FileFooter.Block> moved(List<FileFooter.Block> blocks) {
    return blocks.stream()
        .map(each -> new FileFooter.Block(each.offset() + 8, each.metadata(), each.body()))
        .toList();
  }

  private static boolean isRefused(String value, Schema schema, List<FileFooter.Block> blocks) {
    try {
      ZoneTable.read(text(value), schema.getFields(), blocks);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
