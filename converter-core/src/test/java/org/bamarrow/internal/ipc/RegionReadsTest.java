package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a file for a region. */
class RegionReadsTest {
  @TempDir Path folder;

  /** Accepts the zones with a position. */
  private record Place(byte[] name, long pos) implements ZoneTest {
    @Override
    public boolean needs(ZoneColumns.Column column) {
      return column.name().equals("rname");
    }

    @Override
    public boolean needsReferences() {
      return true;
    }

    @Override
    public boolean canMatch(Zone zone) {
      for (ReferenceZone each : zone.references()) {
        if (new String(each.name(), StandardCharsets.UTF_8)
                .equals(new String(name, StandardCharsets.UTF_8))
            && each.minPos() <= pos
            && each.maxPos() >= pos) {
          return true;
        }
      }
      return false;
    }
  }

  private record Reads(long reads, long bytes, int rows) {}

  @Test
  void readsOfBatchesThatAreKnownDoNotGrowWithTheFile() throws IOException {
    Reads small = reads(4_000);
    Reads large = reads(24_000);
    assertEquals(100, small.rows);
    assertEquals(small.rows, large.rows);
    assertTrue(large.reads <= small.reads + 1, small + " " + large);
    // 24 bytes a batch of the footer
    assertTrue(large.bytes <= small.bytes + 200 * 24 + 20_000, small + " " + large);
  }

  /** Of the second reading of a file, after the batches have been found. */
  private Reads reads(int records) throws IOException {
    ZoneFiles file = ZoneFiles.sorted(folder, records, 100);
    ReferenceZone place = file.zones().get(file.zones().size() / 2).references().get(0);
    byte[] bytes = Files.readAllBytes(file.file());
    ZoneTest test = new Place(place.name(), place.minPos());
    WantedBatches wanted;
    CountingSource source = new CountingSource("planned", bytes);
    try (IpcBatches batches = IpcBatches.open(source)) {
      long opened = source.bytesRead();
      assertTrue(opened < 100_000, opened + " bytes of " + bytes.length + " to open it");
      wanted = batches.zones().wanted(test);
      assertNotNull(wanted);
      assertEquals(file.zones().size(), wanted.batches());
    }
    int rows = 0;
    source = new CountingSource("read", bytes);
    try (BufferAllocator allocator = new RootAllocator();
        IpcBatches batches = IpcBatches.open(source)) {
      List<WantedBatches.Range> first = wanted.ranges().subList(0, 1);
      batches.zones().select(wanted.batches(), first);
      batches.select(List.of("qname", "pos"), 0, Long.MAX_VALUE, allocator);
      while (batches.next()) {
        rows += batches.root().getRowCount();
      }
    }
    return new Reads(source.reads(), source.bytesRead(), rows);
  }

  @Test
  void theZoneMapOfALargeFileIsReadByColumns() throws IOException {
    ZoneFiles file = ZoneFiles.sorted(folder, 50_000, 20);
    byte[] bytes = Files.readAllBytes(file.file());
    ReferenceZone place = file.zones().get(100).references().get(0);
    CountingSource source = new CountingSource("file", bytes);
    try (IpcBatches batches = IpcBatches.open(source)) {
      long opened = source.bytesRead();
      WantedBatches wanted = batches.zones().wanted(new Place(place.name(), place.minPos()));
      assertTrue(wanted.leftOut() >= 2_490, wanted.leftOut() + " left out");
      long map = source.bytesRead() - opened;
      assertTrue(map < file.zones().size() * 250L, map + " bytes for 2,500 batches");
      assertEquals(file.zones().toString(), batches.zones().all().toString());
    }
  }
}
