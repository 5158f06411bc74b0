package org.bamarrow.benchmarks.splits;

import htsjdk.samtools.util.BlockCompressedInputStream;
import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A BAM with the records of another inside one record's {@code XB:B:C} array, as whoever keeps raw
 * records in a tag would write it; the same records are also before and after it.
 *
 * <p>usage: NestedRecords IN.bam OUT.bam MOST-BYTES; so many inflated bytes of records go into the
 * array.
 */
public final class NestedRecords {
  private NestedRecords() {}

  public static void main(String[] arguments) throws IOException {
    byte[] bam;
    try (BlockCompressedInputStream in = new BlockCompressedInputStream(new File(arguments[0]))) {
      bam = in.readAllBytes();
    }
    ByteBuffer bytes = ByteBuffer.wrap(bam).order(ByteOrder.LITTLE_ENDIAN);
    int first = endOfHeader(bytes);
    int end = first;
    int most = Integer.parseInt(arguments[2]);
    while (end < bam.length && end - first < most) {
      end += 4 + bytes.getInt(end);
    }
    try (BlockCompressedOutputStream out =
        new BlockCompressedOutputStream(new File(arguments[1]), 5)) {
      out.write(bam, 0, end);
      out.write(container(end - first));
      out.write(bam, first, end - first);
      out.write(bam, first, bam.length - first);
    }
  }

  private static int endOfHeader(ByteBuffer bytes) {
    int at = 8 + bytes.getInt(4);
    int references = bytes.getInt(at);
    at += 4;
    for (int i = 0; i < references; i++) {
      at += 8 + bytes.getInt(at);
    }
    return at;
  }

  /** Up to the array's values: an unmapped read named r without bases. */
  private static byte[] container(int values) {
    byte[] tag = "XBBC".getBytes(StandardCharsets.US_ASCII);
    int fixed = 32 + 2 + tag.length + 4;
    return ByteBuffer.allocate(4 + fixed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(fixed + values)
        .putInt(-1)
        .putInt(-1)
        .put((byte) 2)
        .put((byte) 0)
        .putShort((short) 4680)
        .putShort((short) 0)
        .putShort((short) 4)
        .putInt(0)
        .putInt(-1)
        .putInt(-1)
        .putInt(0)
        .putShort((short) 'r')
        .put(tag)
        .putInt(values)
        .array();
  }
}
