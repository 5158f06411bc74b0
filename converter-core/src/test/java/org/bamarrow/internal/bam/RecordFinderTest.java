package org.bamarrow.internal.bam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import org.bamarrow.internal.bam.RecordFinder.Proof;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.BytesSource;
import org.bamarrow.io.VirtualOffset;
import org.junit.jupiter.api.Test;

class RecordFinderTest {
  private final BlockInflater inflater = InflaterKind.JDK.open();
  private final Random random = new Random(3);
  private final IntSupplier tiny = () -> 1 + random.nextInt(59);
  private final IntSupplier usual = () -> 65_280;

  @Test
  void findsStartsInBlocksSmallerThanAnyRecord() throws IOException {
    assertFindsAll(new BamBytes().plain(200).bytes(), tiny);
  }

  @Test
  void findsStartsAfterEmptyBlocks() throws IOException {
    BgzfBytes file = new BgzfBytes(6);
    byte[] bam = new BamBytes().plain(100).bytes();
    for (int at = 0; at < bam.length; at += 50) {
      file.end().block(Arrays.copyOfRange(bam, at, Math.min(bam.length, at + 50))).end().end();
    }
    assertFindsAll(file.bytes(), Proof.STRICT);
  }

  @Test
  void isNotFooledByAChainOfRecordsInsideAnArray() throws IOException {
    BamBytes bam = new BamBytes().plain(5);
    bam.add(array("XF", records(400)).text("XZ", "after"));
    assertFindsAll(bam.plain(300).bytes(), tiny);
    bam.add(array("XF", records(15_000)).integer("NM", 'c', 1)).plain(300);
    byte[] file = new BgzfBytes(6).blocks(bam.bytes(), usual).end().bytes();
    assertFindsAll(file, Proof.STRICT);
  }

  @Test
  void isNotFooledByRecordsInsideNames() throws IOException {
    BamBytes bam = new BamBytes();
    for (int i = 0; i < 100; i++) {
      String fakes = new String(records(4), StandardCharsets.ISO_8859_1);
      bam.add(new RecordBytes().name(fakes + "end" + i)).plain(1);
    }
    assertFindsAll(bam.bytes(), tiny);
  }

  @Test
  void prefersAPlausibleChain() throws IOException {
    // The array's end is the record's: from inside it both chains go on to the end of the file.
    byte[] strange = new RecordBytes().name("\1\2\3").record();
    RecordBytes outer = new RecordBytes().name("outer").integer("NM", 'c', 1);
    outer.raw('X', 'B', 'B', 'C').int32(strange.length + 20).raw(new byte[10]);
    byte[] whole = outer.raw(strange).raw(new byte[10]).record();
    int inside = whole.length - strange.length - 15;
    BamBytes bam = new BamBytes().plain(3).add(whole).plain(50);
    int cut = new BamBytes().plain(3).size() + inside;
    assertFindsAll(bam.bytes(), cutsAt(cut));
  }

  @Test
  void findsImplausibleRecordsIfAllAreImplausible() throws IOException {
    BamBytes bam = new BamBytes();
    for (int i = 0; i < 100; i++) {
      bam.add(new RecordBytes().name("@" + i).integer("NM", 'c', i));
    }
    assertFindsAll(bam.bytes(), tiny);
    assertFindsAll(bam.plain(20).bytes(), tiny);
  }

  @Test
  void recordsWithoutNameAreReadOnce() throws IOException {
    BamBytes bam = new BamBytes();
    for (int i = 0; i < 60_000; i++) {
      bam.add(new RecordBytes().name(""));
    }
    byte[] file = new BgzfBytes(1).blocks(bam.bytes(), usual).end().bytes();
    RecordStarts truth = new RecordStarts(file);
    // Quadratic, this takes minutes: 28,000 records of a proof from each of them.
    RecordFinder finder = finder(file, Proof.STRICT);
    for (long block : truth.blocks) {
      assertEquals(truth.from(block), finder.findFromBlock(block));
    }
  }

  @Test
  void findsTheRecordAfterARecordOfManyMegabytes() throws IOException {
    byte[] noise = new byte[4_500_000];
    random.nextBytes(noise);
    BamBytes bam = new BamBytes().plain(2).add(array("XN", noise)).plain(40);
    bam.add(array("XN", Arrays.copyOf(noise, 500_000))).plain(1);
    assertFindsAll(bam.bytes(), usual);
  }

  @Test
  void reportsThatNoRecordStartsBeforeTheEnd() throws IOException {
    byte[] noise = new byte[300_000];
    random.nextBytes(noise);
    RecordStarts truth =
        assertFindsAll(new BamBytes().plain(2).add(array("XN", noise)).bytes(), usual);
    assertEquals(RecordFinder.NONE, truth.from(truth.blocks.higher(1L)));
    assertFindsAll(new BamBytes().bytes(), usual);
  }

  @Test
  void memoryIsBoundedByTheFileAndNotByCandidates() throws IOException {
    // Each offset of the array looks like the fixed fields of an unplaced record of 16 MB.
    RecordBytes record = new RecordBytes().name("large");
    byte[] fields = new byte[40_000];
    for (int i = 0; i + 36 < fields.length; i += 36) {
      byte[] fake = new RecordBytes().record();
      fake[3] = 1;
      System.arraycopy(fake, 0, fields, i, 36);
    }
    BamBytes bam = new BamBytes().plain(2);
    record.raw('X', 'L', 'B', 'C').int32(fields.length).raw(fields);
    assertFindsAll(bam.add(record).plain(30).bytes(), () -> 1000);
  }

  @Test
  void iteratesOverTheNextRecords() throws IOException {
    byte[] file = new BgzfBytes(6).blocks(new BamBytes().plain(50).bytes(), tiny).end().bytes();
    RecordStarts truth = new RecordStarts(file);
    RecordFinder finder = finder(file, Proof.QUICK);
    long first = finder.find(truth.blocks.higher(400L));
    for (long start : truth.records.tailSet(first)) {
      assertTrue(finder.next());
      assertEquals(start, finder.virtualOffset());
    }
    assertFalse(finder.next());
    assertTrue(finder.atEnd());
  }

  @Test
  void ignoresRecordsOverTheLimit() throws IOException {
    byte[] bam = new BamBytes().plain(3).add(array("XN", new byte[5000])).plain(30).bytes();
    byte[] file = new BgzfBytes(6).blocks(bam, () -> 40).end().bytes();
    BytesSource source = new BytesSource("x.bam", file);
    BamHeader header = BamHeaderReader.read(source, inflater);
    RecordFinder finder = new RecordFinder(source, header, inflater, 4000, Proof.STRICT);
    RecordStarts truth = new RecordStarts(file);
    long next = (long) truth.records.toArray()[4];
    assertEquals(next, finder.findFromBlock(truth.blocks.higher(truth.blocks.higher(0L))));
  }

  @Test
  void reportsTheOffsetOfADamagedBlock() throws IOException {
    byte[] file = new BgzfBytes(6).blocks(new BamBytes().plain(100).bytes(), tiny).bytes();
    RecordStarts truth = new RecordStarts(file);
    long block = (long) truth.blocks.toArray()[10];
    file[(int) (truth.blocks.higher(block) - 7)]++;
    RecordFinder finder = finder(file, Proof.STRICT);
    BamFormatException error =
        assertThrows(
            BamFormatException.class,
            () -> finder.findFromBlock(truth.blocks.higher(truth.blocks.higher(0L))));
    assertEquals(VirtualOffset.of(block), error.virtualOffset());
  }

  private RecordStarts assertFindsAll(byte[] bam, IntSupplier blocks) throws IOException {
    BgzfBytes file = new BgzfBytes(random.nextInt(2)).blocks(bam, blocks);
    assertFindsAll(file.bytes(), Proof.QUICK);
    return assertFindsAll(file.end().bytes(), Proof.STRICT);
  }

  private RecordStarts assertFindsAll(byte[] file, Proof proof) throws IOException {
    RecordStarts truth = new RecordStarts(file);
    RecordFinder finder = finder(file, proof);
    for (long block : truth.blocks) {
      assertEquals(truth.from(block), finder.findFromBlock(block), "from block " + block);
    }
    return truth;
  }

  private RecordFinder finder(byte[] file, Proof proof) throws IOException {
    BytesSource source = new BytesSource("x.bam", file);
    BamHeader header = BamHeaderReader.read(source, inflater);
    return new RecordFinder(source, header, inflater, 1 << 28, proof);
  }

  private static byte[] records(int count) {
    int header = new BamBytes().size();
    byte[] bam = new BamBytes().plain(count).bytes();
    return Arrays.copyOfRange(bam, header, bam.length);
  }

  private static RecordBytes array(String tag, byte[] elements) {
    RecordBytes record = new RecordBytes().name("outer");
    return record.tag(tag, 'B').raw('C').int32(elements.length).raw(elements);
  }

  private static IntSupplier cutsAt(int first) {
    int[] calls = new int[1];
    return () -> calls[0]++ == 0 ? first : 60_000;
  }
}
