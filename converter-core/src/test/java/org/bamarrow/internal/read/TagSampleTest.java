package org.bamarrow.internal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.engine.TagSampler;
import org.bamarrow.internal.engine.TagScan;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;
import org.bamarrow.io.StreamByteSource;
import org.junit.jupiter.api.Test;

class TagSampleTest {
  private final BlockInflater inflater = InflaterKind.JDK.open();
  private final Random random = new Random(5);

  @Test
  void showsTagsThatAppearOnlyLateInAFile() throws IOException {
    byte[] file = file(lateTags(40_000));
    assertEquals("[NM:i, XE:Z, XL:Z, Xn:i, XB:B:C]", types(sample(bytes(file))));
    assertEquals("[NM:i, XE:Z, XL:Z, Xn:i, XB:B:C]", types(scan(1, bytes(file))));
  }

  @Test
  void allRecordsOfASmallFileAreSampled() throws IOException {
    BamBytes bam = new BamBytes().plain(3000);
    bam.add(new RecordBytes().text("XO", "once")).plain(100);
    assertEquals("[NM:i, XO:Z]", types(sample(bytes(file(bam)))));
    assertEquals("[]", types(sample(bytes(file(new BamBytes())))));
  }

  @Test
  void samplesOfSeveralInputsAreCountedTogether() throws IOException {
    BamBytes other = new BamBytes().add(new RecordBytes().text("NM", "x").text("AA", "a"));
    List<BamInput> inputs = new ArrayList<>();
    for (BamBytes bam : List.of(other, new BamBytes().plain(10))) {
      inputs.add(BamInput.open(bytes(file(bam)), inputs.size(), inflater));
    }
    assertEquals("[NM:i, AA:Z]", TagSampler.sample(inputs, inflater, 1 << 28).types().toString());
  }

  @Test
  void samplingAStreamLosesNoBytes() throws IOException {
    byte[] file = file(lateTags(40_000));
    StreamByteSource stream = new StreamByteSource("-", new ByteArrayInputStream(file));
    try (BamInput input = BamInput.open(stream, 0, inflater)) {
      assertEquals(
          "[NM:i, XE:Z]", TagSampler.sample(List.of(input), inflater, 1 << 28).types().toString());
      List<TagType> scanned = TagScan.scan(List.of(input), settings(), 1).types();
      assertEquals("[NM:i, XE:Z, XL:Z, Xn:i, XB:B:C]", types(scanned));
    }
  }

  @Test
  void theLastBlockOfALongHeaderOfAStreamCanBeReadAgain() throws IOException {
    byte[] noise = new byte[300_000];
    random.nextBytes(noise);
    for (int length = 150_000; length < noise.length; length += 10_000) {
      byte[] file = file(new BamBytes(Arrays.copyOf(noise, length)).plain(2000));
      StreamByteSource stream = new StreamByteSource("-", new ByteArrayInputStream(file));
      try (BamInput input = BamInput.open(stream, 0, inflater)) {
        assertEquals("[NM:i]", TagScan.scan(List.of(input), settings(), 1).types().toString());
      }
    }
  }

  @Test
  void damageAtASampledPositionIsLeftToTheConversion() throws IOException {
    byte[] file = file(lateTags(40_000));
    for (int at = 700_000; at < 1_300_000; at++) {
      file[at] = 0;
    }
    assertEquals("[NM:i, XE:Z, XL:Z, Xn:i, XB:B:C]", types(sample(bytes(file))));
    assertThrows(BamFormatException.class, () -> scan(1, bytes(file)));
  }

  @Test
  void aScanGivesTheSameForAnyNumberOfWorkersAndCountsAllInputs() throws IOException {
    BamBytes other = new BamBytes().add(new RecordBytes().text("NM", "x").text("AA", "last"));
    for (int workers : new int[] {1, 2, 7}) {
      assertEquals(
          "[NM:i, XE:Z, XL:Z, Xn:i, XB:B:C, AA:Z]",
          types(scan(workers, bytes(file(lateTags(10_000))), bytes(file(other)))));
    }
  }

  /** XE in the first half alone; XL, Xn and XB, in several widths, at the end alone. */
  private BamBytes lateTags(int records) {
    BamBytes bam = new BamBytes();
    byte[] noise = new byte[60];
    for (int i = 0; i < records; i++) {
      random.nextBytes(noise);
      RecordBytes record = new RecordBytes().name("r" + i).integer("NM", 'c', i & 63);
      if (i < records / 2) {
        record.text("XE", "early");
      }
      if (i > records * 0.96) {
        record.text("XL", "late").integer("Xn", i % 2 == 0 ? 'c' : 'I', i & 63);
        record.tag("XB", 'B').raw(i % 2 == 0 ? 'c' : 'C').int32(1).raw(1);
      }
      // A name that is no tag: bulk that does not deflate.
      bam.add(record.raw('9', '9', 'B', 'c').int32(noise.length).raw(noise));
    }
    return bam;
  }

  private static byte[] file(BamBytes bam) {
    return new BgzfBytes(1).blocks(bam.bytes(), () -> 60_000).end().bytes();
  }

  @Test
  void theBytesReadPerPositionAreBounded() throws IOException {
    BgzfBytes file = new BgzfBytes(6).block(new BamBytes().plain(10).bytes());
    for (int i = 0; i < 200_000; i++) {
      file.end();
    }
    byte[] empty = file.bytes();
    long[] read = new long[1];
    ByteSource source =
        new ByteSource() {
          private final ByteSource bytes = bytes(empty);

          @Override
          public String name() {
            return bytes.name();
          }

          @Override
          public long size() {
            return bytes.size();
          }

          @Override
          public int read(long position, byte[] target, int offset, int length) throws IOException {
            read[0] += length;
            return bytes.read(position, target, offset, length);
          }

          @Override
          public void close() {}
        };
    assertEquals("[NM:i]", types(sample(source)));
    long all = (TagSampler.POSITIONS + 1) * (TagSampler.MAX_READ.blocks() * 28 + (1 << 19));
    assertTrue(read[0] < all && read[0] < empty.length * 14L, read[0] + " bytes");
  }

  private static ByteSource bytes(byte[] file) {
    return new BytesSource("x.bam", file);
  }

  private List<TagType> sample(ByteSource source) throws IOException {
    try (BamInput input = BamInput.open(source, 0, inflater)) {
      return TagSampler.sample(List.of(input), inflater, 1 << 28).types();
    }
  }

  private List<TagType> scan(int workers, ByteSource... sources) throws IOException {
    List<BamInput> inputs = new ArrayList<>();
    for (ByteSource source : sources) {
      inputs.add(BamInput.open(source, inputs.size(), inflater));
    }
    return TagScan.scan(inputs, settings(), workers).types();
  }

  private static RecordPipeline.Settings settings() {
    return new RecordPipeline.Settings(
        BatchOptions.defaults(),
        1 << 18,
        false,
        -1,
        1 << 28,
        InflaterKind.JDK::open,
        null,
        System::nanoTime);
  }

  private static String types(List<TagType> types) {
    return types.toString();
  }
}
