package org.bamarrow.synth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.SAMFileHeader.SortOrder;
import htsjdk.samtools.SAMRecord;
import htsjdk.samtools.SAMRecordCoordinateComparator;
import htsjdk.samtools.SamInputResource;
import htsjdk.samtools.SamReader;
import htsjdk.samtools.SamReaderFactory;
import htsjdk.samtools.ValidationStringency;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SynthBamTest {
  @ParameterizedTest
  @EnumSource
  void htsjdkReadsEveryRecordOfEveryProfile(SynthProfile profile) throws IOException {
    SynthOptions options = options(profile);
    long[] count = {0};
    assertEquals(options.records(), read(bam(options), profile, record -> count[0]++));
    assertEquals(options.records(), count[0]);
    SynthOptions other = options.withSorted(false).withBlocks(false, 1, 4096);
    assertEquals(options.records(), read(bam(other), profile, record -> {}));
  }

  @ParameterizedTest
  @EnumSource
  void sameSeedGivesTheSameBytesForAnyNumberOfThreads(SynthProfile profile) throws IOException {
    SynthOptions options = options(profile).withThreads(1);
    byte[] once = bam(options);
    assertArrayEquals(once, bam(options));
    assertArrayEquals(once, bam(options.withThreads(3)));
  }

  @ParameterizedTest
  @EnumSource
  void anotherSeedGivesOtherRecords(SynthProfile profile) throws IOException {
    SynthOptions options = options(profile);
    byte[] other = bam(SynthOptions.of(profile, options.records(), 8));
    assertFalse(Arrays.equals(inflate(bam(options)), inflate(other)));
  }

  @ParameterizedTest
  @EnumSource
  void levelAndBlocksDoNotChangeTheInflatedBytes(SynthProfile profile) throws IOException {
    SynthOptions options = options(profile);
    byte[] inflated = inflate(bam(options));
    assertArrayEquals(inflated, inflate(bam(options.withBlocks(false, 0, 65280))));
    assertArrayEquals(inflated, inflate(bam(options.withBlocks(true, 1, 1000))));
  }

  @Test
  void theSmallestBlocksAndTheHighestLevelHoldTheSameBytes() throws IOException {
    SynthOptions options = options(SynthProfile.SHORT).withRecords(200);
    byte[] inflated = inflate(bam(options));
    assertArrayEquals(inflated, inflate(bam(options.withBlocks(true, 9, SynthOptions.MIN_BLOCK))));
  }

  @ParameterizedTest
  @EnumSource(names = {"SHORT", "BINNED", "LONG", "ULTRALONG"})
  void sortedRecordsNeverGoBack(SynthProfile profile) throws IOException {
    SAMRecordCoordinateComparator order = new SAMRecordCoordinateComparator();
    SAMRecord[] last = {null};
    read(
        bam(options(profile)),
        profile,
        record -> {
          assertEquals(SortOrder.coordinate, record.getHeader().getSortOrder());
          assertTrue(last[0] == null || order.fileOrderCompare(last[0], record) <= 0);
          last[0] = record;
        });
  }

  @Test
  void matesOfShortReadsPointAtEachOther() throws IOException {
    for (boolean sorted : new boolean[] {true, false}) {
      Map<String, SAMRecord> waiting = new HashMap<>();
      long[] pairs = {0};
      read(
          bam(options(SynthProfile.SHORT).withSorted(sorted)),
          SynthProfile.SHORT,
          record -> {
            if (record.isSecondaryOrSupplementary() || !record.getReadPairedFlag()) {
              return;
            }
            SAMRecord mate = waiting.remove(record.getReadName());
            if (mate == null) {
              waiting.put(record.getReadName(), record);
            } else {
              pairs[0]++;
              assertMates(record, mate);
              assertMates(mate, record);
            }
          });
      assertTrue(waiting.isEmpty(), "reads without their mate: " + waiting.keySet());
      assertTrue(pairs[0] > 1900);
    }
  }

  private static void assertMates(SAMRecord read, SAMRecord mate) {
    assertEquals(mate.getReferenceIndex(), read.getMateReferenceIndex());
    assertEquals(mate.getAlignmentStart(), read.getMateAlignmentStart());
    assertEquals(mate.getReadNegativeStrandFlag(), read.getMateNegativeStrandFlag());
    assertEquals(mate.getReadUnmappedFlag(), read.getMateUnmappedFlag());
    assertNotEquals(mate.getFirstOfPairFlag(), read.getFirstOfPairFlag());
    assertEquals(-mate.getInferredInsertSize(), read.getInferredInsertSize());
    if (read.getAttribute("MC") != null) {
      assertEquals(mate.getCigarString(), read.getAttribute("MC"));
      assertEquals(mate.getMappingQuality(), read.getIntegerAttribute("MQ"));
    }
  }

  @Test
  void shortReadsHaveAllTheirKinds() throws IOException {
    Map<String, Integer> kinds = new HashMap<>();
    read(
        bam(options(SynthProfile.SHORT)),
        SynthProfile.SHORT,
        record -> {
          boolean placed = record.getReferenceIndex() >= 0;
          count(kinds, "unplaced", !placed);
          count(kinds, "placed unmapped", placed && record.getReadUnmappedFlag());
          count(kinds, "supplementary", record.getSupplementaryAlignmentFlag());
          count(kinds, "SA", record.hasAttribute("SA"));
          count(kinds, "no SEQ", record.getReadLength() == 0);
          count(kinds, "mapq 255", record.getMappingQuality() == 255);
          for (char op : "MIDNSH=X".toCharArray()) {
            count(kinds, "op " + op, record.getCigarString().indexOf(op) >= 0);
          }
        });
    assertEquals(14, kinds.size(), kinds.toString());
  }

  private static void count(Map<String, Integer> kinds, String kind, boolean holds) {
    if (holds) {
      kinds.merge(kind, 1, Integer::sum);
    }
  }

  @Test
  void ultralongReadsHaveCigarsPast65535Operations() throws IOException {
    int[] most = {0};
    read(
        bam(options(SynthProfile.ULTRALONG)),
        SynthProfile.ULTRALONG,
        record -> {
          most[0] = Math.max(most[0], record.getCigar().numCigarElements());
          assertFalse(record.hasAttribute("CG"));
        });
    assertTrue(most[0] > 65535, "most operations: " + most[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHORT", "BINNED", "LONG", "SINGLECELL"})
  void targetSizeIsMetWithinFivePercent(SynthProfile profile) throws IOException {
    long size = 6 << 20;
    byte[] bam = bam(options(profile).withTargetBytes(size));
    assertEquals(1.0, bam.length / (double) size, 0.05);
  }

  @Test
  void noRecordsGiveAHeaderAndTheEndOfFileMarker() throws IOException {
    for (SynthProfile profile : SynthProfile.values()) {
      byte[] bam = bam(SynthOptions.of(profile, 0, 1));
      assertEquals(0, read(bam, profile, record -> {}));
      byte[] end = Arrays.copyOfRange(bam, bam.length - 28, bam.length);
      assertArrayEquals(DeflateBlock.endOfFile(), end);
    }
  }

  @Test
  void anyCountIsExact() throws IOException {
    for (long records = 1; records < 110; records += 7) {
      for (SynthProfile profile : new SynthProfile[] {SynthProfile.SHORT, SynthProfile.LONG}) {
        SynthOptions options = SynthOptions.of(profile, records, records);
        assertEquals(records, read(bam(options), profile, record -> {}));
      }
    }
  }

  @Test
  void rejectsOptionsOutOfRange() {
    SynthOptions options = options(SynthProfile.SHORT);
    assertThrows(IllegalArgumentException.class, () -> options.withBlocks(true, 10, 65280));
    assertThrows(IllegalArgumentException.class, () -> options.withBlocks(true, 1, 65281));
    assertThrows(IllegalArgumentException.class, () -> options.withBlocks(true, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> options.withThreads(0));
    assertThrows(IllegalArgumentException.class, () -> options.withRecords(-1));
  }

  static SynthOptions options(SynthProfile profile) {
    long records =
        switch (profile) {
          case SHORT, BINNED, SINGLECELL -> 4001;
          case LONG -> 150;
          case ULTRALONG -> 2;
          case EDGE -> 300;
        };
    return SynthOptions.of(profile, records, 7).withThreads(2);
  }

  static byte[] bam(SynthOptions options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SynthReport report = SynthBam.write(out, options);
    assertEquals(out.size(), report.bytes());
    return out.toByteArray();
  }

  private static byte[] inflate(byte[] bam) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bam))) {
      return in.readAllBytes();
    }
  }

  private static long read(byte[] bam, SynthProfile profile, Consumer<SAMRecord> each)
      throws IOException {
    boolean edge = profile == SynthProfile.EDGE;
    SamReaderFactory factory =
        SamReaderFactory.make()
            .enable(SamReaderFactory.Option.EAGERLY_DECODE)
            .validationStringency(edge ? ValidationStringency.SILENT : ValidationStringency.STRICT);
    long count = 0;
    SamInputResource input = SamInputResource.of(new ByteArrayInputStream(bam));
    try (SamReader reader = factory.open(input)) {
      for (SAMRecord record : reader) {
        each.accept(record);
        count++;
      }
    }
    return count;
  }
}
