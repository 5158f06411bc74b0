package org.bamarrow.internal.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.bamarrow.ArrowToArrow;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ArrowReport;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.OtherFooter;
import org.bamarrow.internal.ipc.ZoneFiles;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.io.FileByteSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with statistics and with record batches that are not what is written today. */
class OldBatchesTest {
  private static final int PREFIX = 8;

  @TempDir private Path folder;

  private static IpcBatches open(Path file) throws IOException {
    return IpcBatches.open(new FileByteSource(file.toString(), file));
  }

  private static List<String> rows(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (RootAllocator memory = new RootAllocator();
        IpcBatches batches = open(file)) {
      batches.selectAll(memory);
      while (batches.next()) {
        VectorSchemaRoot root = batches.root();
        for (int row = 0; row < root.getRowCount(); row++) {
          int at = row;
          rows.add(
              root.getFieldVectors().stream()
                  .map(vector -> String.valueOf(vector.getObject(at)))
                  .toList()
                  .toString());
        }
      }
    }
    return rows;
  }

  /** Makes a batch be of Arrow before 1.0. */
  private static void makeOld(byte[] file, ArrowBlock block) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int message = (int) block.getOffset() + PREFIX;
    int table = message + bytes.getInt(message);
    int fields = table - bytes.getInt(table);
    bytes.putShort(table + bytes.getShort(fields + 4), MetadataVersion.V4);
  }

  private void check(Path changed, Path original, long copied) throws IOException {
    Path out = folder.resolve("out" + copied + ".arrow");
    ArrowReport report =
        ArrowToArrow.convert(changed, out.toString(), ArrowOptions.defaults(), Progress.NONE);
    assertEquals(copied, report.batchesCopied());
    assertEquals(rows(original), rows(out));
    List<Zone> zones = ZoneFiles.read(out).zones();
    assertEquals(report.batches(), zones.stream().mapToInt(Zone::batches).sum());
  }

  @Test
  void batchesOfOldVersionsAreWrittenAnew() throws IOException {
    ZoneFiles file = ZoneFiles.sorted(folder, 1_000, 70);
    List<ArrowBlock> blocks;
    try (IpcBatches batches = open(file.file())) {
      blocks = batches.blocks();
    }
    byte[] grouped = OtherFooter.bytes(file.file(), file.merged(3));
    for (List<ArrowBlock> old : List.of(blocks, blocks.subList(4, 5))) {
      byte[] bytes = grouped.clone();
      old.forEach(block -> makeOld(bytes, block));
      Path changed = folder.resolve("old" + old.size() + ".arrow");
      Files.write(changed, bytes);
      assertTrue(ZoneFiles.read(changed).zones() != null);
      check(changed, file.file(), blocks.size() - old.size());
    }
  }

  @Test
  void unalignedBatchesAreWrittenAnew() throws IOException {
    ZoneFiles file = ZoneFiles.sorted(folder, 300, 70);
    byte[] bytes = Files.readAllBytes(file.file());
    List<ArrowBlock> moved = new ArrayList<>();
    ArrowBlock first;
    try (IpcBatches batches = open(file.file())) {
      first = batches.blocks().get(0);
      for (ArrowBlock each : batches.blocks()) {
        moved.add(
            new ArrowBlock(each.getOffset() + 4, each.getMetadataLength(), each.getBodyLength()));
      }
    }
    Path changed = folder.resolve("unaligned.arrow");
    Files.write(changed, OtherFooter.shifted(file, bytes, (int) first.getOffset(), moved));
    check(changed, file.file(), 0);
  }
}
