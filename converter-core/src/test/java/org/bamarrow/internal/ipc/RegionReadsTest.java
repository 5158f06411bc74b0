package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Tag;
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

  private record Reads(int batches, long reads, long bytes, int rows) {}

  @Test
  void readsOfBatchesThatAreKnownDoNotGrowWithTheFile() throws IOException {
    Reads small = reads(ZoneFiles.sorted(folder, 4_000, 100));
    Reads large = reads(ZoneFiles.sorted(folder, 24_000, 100));
    assertEquals(100, small.rows);
    assertDoNotGrow(small, large);
  }

  private static void assertDoNotGrow(Reads small, Reads large) {
    assertEquals(small.rows, large.rows);
    assertTrue(large.reads <= small.reads + 1, small + " " + large);
    long blocks = 24L * (large.batches - small.batches); // of the footer
    assertTrue(large.bytes <= small.bytes + blocks + 20_000, small + " " + large);
  }

  /** A batch has as many rows in both files, so the same bytes are read of it. */
  @Test
  @Tag("full")
  void readsOfARegionDoNotGrowFrom8To64MillionReads() throws IOException {
    assertDoNotGrow(reads(large(8_000_000)), reads(large(64_000_000)));
  }

  private ZoneFiles large(long records) throws IOException {
    Path bam = folder.resolve("large.bam");
    SynthOptions options = SynthOptions.of(SynthProfile.BINNED, records, 8);
    SynthBam.write(bam, options.withBlocks(true, 1, SynthOptions.MAX_BLOCK));
    ColumnOptions columns =
        ColumnOptions.defaults().withNames(List.of("qname", "flag", "rname", "pos", "mapq"));
    return ZoneFiles.convert(bam, folder, ConvertOptions.defaults().withColumns(columns));
  }

  /** Of the second reading of a file, after the batches have been found. */
  private Reads reads(ZoneFiles file) throws IOException {
    ReferenceZone place = file.zones().get(file.zones().size() / 2).references().get(0);
    ZoneTest test = new Place(place.name(), place.minPos());
    WantedBatches wanted;
    CountingSource source = counting(file);
    try (IpcBatches batches = IpcBatches.open(source)) {
      long opened = source.bytesRead();
      wanted = batches.zones().wanted(test);
      assertNotNull(wanted);
      assertTrue(opened < 100_000 + 24L * wanted.batches(), opened + " of " + source.size());
      assertTrue(file.zones().size() <= wanted.batches());
    }
    int rows = 0;
    source = counting(file);
    try (BufferAllocator allocator = new RootAllocator();
        IpcBatches batches = IpcBatches.open(source)) {
      List<WantedBatches.Range> first = wanted.ranges().subList(0, 1);
      batches.zones().select(wanted.batches(), first);
      batches.select(List.of("qname", "pos"), 0, Long.MAX_VALUE, allocator);
      while (batches.next()) {
        rows += batches.root().getRowCount();
      }
    }
    return new Reads(wanted.batches(), source.reads(), source.bytesRead(), rows);
  }

  private static CountingSource counting(ZoneFiles file) throws IOException {
    return new CountingSource(new FileByteSource(file.file().toString(), file.file()));
  }

  @Test
  void theZoneMapOfALargeFileIsReadByColumns() throws IOException {
    ZoneFiles file = ZoneFiles.sorted(folder, 50_000, 20);
    ReferenceZone place = file.zones().get(100).references().get(0);
    CountingSource source = counting(file);
    try (IpcBatches batches = IpcBatches.open(source)) {
      long opened = source.bytesRead();
      WantedBatches wanted = batches.zones().wanted(new Place(place.name(), place.minPos()));
      assertTrue(wanted.leftOut() >= 2_490, wanted.leftOut() + " left out");
      long map = source.bytesRead() - opened;
      assertTrue(map < file.zones().size() * 250L, map + " bytes for 2,500 batches");
      assertEquals(file.zones().toString(), batches.zones().all().toString());
    }
  }

  @Test
  void anInterruptIsNotAnInvalidZoneMap() throws IOException {
    ZoneFiles file = ZoneFiles.sorted(folder, 50_000, 20);
    AtomicBoolean interrupted = new AtomicBoolean();
    ByteSource source =
        new CountingSource(new FileByteSource(file.file().toString(), file.file())) {
          @Override
          public int read(long position, byte[] target, int offset, int length) throws IOException {
            if (interrupted.get()) {
              throw new InterruptedIOException("interrupted");
            }
            return super.read(position, target, offset, length);
          }
        };
    try (IpcBatches batches = IpcBatches.open(source)) {
      interrupted.set(true);
      assertThrows(InterruptedIOException.class, () -> batches.zones().all());
      assertTrue(Thread.interrupted());
      interrupted.set(false);
      assertEquals(file.zones().toString(), batches.zones().all().toString());
    }
  }
}
