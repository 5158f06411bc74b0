package org.bamarrow.spark.files;

import htsjdk.samtools.BAMIndexer;
import htsjdk.samtools.SAMRecord;
import htsjdk.samtools.SAMRecordIterator;
import htsjdk.samtools.SamReader;
import htsjdk.samtools.SamReaderFactory;
import htsjdk.samtools.ValidationStringency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/** Indexes made for tests, sound ones and others. */
public final class Indexes {
  private static final int PSEUDO_BIN = 37450;
  private static final int WINDOW = 14;
  private static final int DEPTH = 5;

  private Indexes() {}

  /** Writes a BAI by htsjdk. */
  public static void bai(Path bam, Path bai) throws IOException {
    SamReaderFactory factory =
        SamReaderFactory.makeDefault()
            .validationStringency(ValidationStringency.SILENT)
            .enable(SamReaderFactory.Option.INCLUDE_SOURCE_IN_RECORDS);
    try (SamReader reader = factory.open(bam);
        SAMRecordIterator records = reader.iterator()) {
      BAMIndexer indexer = new BAMIndexer(bai, reader.getFileHeader());
      while (records.hasNext()) {
        SAMRecord record = records.next();
        indexer.processAlignment(record);
      }
      indexer.finish();
    }
  }

  /** A CSI with the bins of a BAI. */
  public static byte[] csi(byte[] bytes) {
    ByteBuffer bai = little(bytes);
    ByteBuffer csi = little(new byte[2 * bytes.length + 100]);
    bai.position(4);
    int references = bai.getInt();
    csi.put("CSI\1".getBytes(StandardCharsets.US_ASCII));
    csi.putInt(WINDOW).putInt(DEPTH).putInt(0).putInt(references);
    for (int id = 0; id < references; id++) {
      ByteBuffer windows = windows(bai.duplicate().order(ByteOrder.LITTLE_ENDIAN));
      int bins = bai.getInt();
      csi.putInt(bins);
      for (int i = 0; i < bins; i++) {
        int bin = bai.getInt();
        int chunks = bai.getInt();
        int window = firstWindow(bin);
        boolean known = bin != PSEUDO_BIN && 8 * window < windows.limit();
        csi.putInt(bin).putLong(known ? windows.getLong(8 * window) : 0).putInt(chunks);
        for (int ends = 0; ends < 2 * chunks; ends++) {
          csi.putLong(bai.getLong());
        }
      }
      bai.position(bai.position() + 4 + windows.limit());
    }
    csi.putLong(bai.getLong());
    return Arrays.copyOf(csi.array(), csi.position());
  }

  /**
   * A BAI with other virtual offsets of one reference.
   *
   * @param begin of the chunks, and in the windows
   * @param end of the chunks
   */
  public static byte[] changed(
      byte[] bytes, int id, LongUnaryOperator begin, LongUnaryOperator end) {
    ByteBuffer bai = little(bytes.clone());
    bai.position(8);
    for (int each = 0; each <= id; each++) {
      for (int bins = bai.getInt(); bins > 0; bins--) {
        boolean counts = bai.getInt() == PSEUDO_BIN;
        int chunks = bai.getInt();
        for (int i = 0; i < 2 * chunks; i++) {
          if (each == id && (!counts || i < 2)) {
            LongUnaryOperator change = i % 2 == 0 ? begin : end;
            bai.putLong(bai.position(), change.applyAsLong(bai.getLong(bai.position())));
          }
          bai.getLong();
        }
      }
      for (int windows = bai.getInt(); windows > 0; windows--) {
        if (each == id) {
          bai.putLong(bai.position(), begin.applyAsLong(bai.getLong(bai.position())));
        }
        bai.getLong();
      }
    }
    return bai.array();
  }

  /** The windows' offsets of the reference whose bins begin here. */
  private static ByteBuffer windows(ByteBuffer bai) {
    for (int bins = bai.getInt(); bins > 0; bins--) {
      bai.getInt();
      int chunks = bai.getInt();
      bai.position(bai.position() + 16 * chunks);
    }
    int count = bai.getInt();
    return bai.slice(bai.position(), 8 * count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int firstWindow(int bin) {
    int level = 0;
    int first = 0;
    while (bin >= 8 * first + 1) {
      first = 8 * first + 1;
      level++;
    }
    return bin - first << 3 * (DEPTH - level);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
