package org.bamarrow.it;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;

/**
 * BAMs of unusual size, built from BGZF blocks (SAM specification 4.1) without compressing much.
 */
final class Bams {
  static final byte[] END_OF_FILE =
      HexFormat.of().parseHex("1f8b08040000000000ff0600424302001b0003000000000000000000");

  private static final int BLOCK = 0xff00;

  private Bams() {}

  /** A synthetic BAM whose header has blocks of its own: header, records, end-of-file marker. */
  record Parts(byte[] header, List<byte[]> blocks) {
    byte[] blocks(int from, int to) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      blocks.subList(from, to).forEach(bytes::writeBytes);
      return bytes.toByteArray();
    }

    byte[] allBlocks() {
      return blocks(0, blocks.size());
    }
  }

  /** Short reads, no record over two blocks. */
  static Parts synth(long records, long seed) throws IOException {
    SynthOptions options = SynthOptions.of(SynthProfile.SHORT, records, seed);
    byte[] header = synth(options.withRecords(0));
    header = java.util.Arrays.copyOf(header, header.length - END_OF_FILE.length);
    byte[] all = synth(options);
    List<byte[]> blocks = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = header.length; at < all.length - END_OF_FILE.length; ) {
      byte[] block = new byte[(bytes.getShort(at + 16) & 0xffff) + 1];
      bytes.get(at, block);
      blocks.add(block);
      at += block.length;
    }
    return new Parts(header, blocks);
  }

  private static byte[] synth(SynthOptions options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SynthBam.write(out, options);
    return out.toByteArray();
  }

  /** The header, {@code blocks} so many times, the marker. */
  static void repeat(Path bam, byte[] header, byte[] blocks, long times) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bam), 1 << 20)) {
      out.write(header);
      for (long i = 0; i < times; i++) {
        out.write(blocks);
      }
      out.write(END_OF_FILE);
    }
  }

  /** The magic, a header text of {@code textLength} claimed bytes of which none follows. */
  static byte[] startOfHeader(int textLength) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x014d4142)
        .putInt(textLength)
        .array();
  }

  /** A header without text and references. */
  static byte[] emptyHeader() {
    return ByteBuffer.allocate(12).put(startOfHeader(0)).array();
  }

  /** An unmapped record named {@code r} with a tag {@code XB:B:C} of so many zeros in front. */
  static byte[] startOfRecord(int arrayLength) {
    byte[] tag = "XBBC".getBytes(StandardCharsets.US_ASCII);
    int fixed = 32 + 2 + tag.length + 4;
    return ByteBuffer.allocate(4 + fixed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(fixed + arrayLength)
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
        .putInt(arrayLength)
        .array();
  }

  /** So many zero bytes in full blocks, for header texts and arrays. */
  static byte[] zeros(long length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] full = block(new byte[BLOCK]);
    for (long left = length; left > 0; left -= BLOCK) {
      out.writeBytes(left >= BLOCK ? full : block(new byte[(int) left]));
    }
    return out.toByteArray();
  }

  /** One block of at most 0xff00 bytes. */
  static byte[] block(byte[] inflated) {
    Deflater deflater = new Deflater(6, true);
    try {
      deflater.setInput(inflated);
      deflater.finish();
      byte[] deflated = new byte[1 << 16];
      return block(new byte[0], deflated, deflater.deflate(deflated), inflated);
    } finally {
      deflater.end();
    }
  }

  /** An empty block of the largest size that a block can have: 64 KiB, nearly all extra field. */
  static byte[] emptyBlockOf64KiB() {
    byte[] emptyDeflate = {3, 0};
    int subfield = (1 << 16) - 18 - 4 - emptyDeflate.length - 8;
    byte[] extra =
        ByteBuffer.allocate(4 + subfield)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 'Z')
            .put((byte) 'Z')
            .putShort((short) subfield)
            .array();
    return block(extra, emptyDeflate, emptyDeflate.length, new byte[0]);
  }

  private static byte[] block(byte[] extra, byte[] deflated, int length, byte[] inflated) {
    CRC32 crc = new CRC32();
    crc.update(inflated);
    int size = 18 + extra.length + length + 8;
    return ByteBuffer.allocate(size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x04088b1f)
        .putInt(0)
        .putShort((short) 0xff00)
        .putShort((short) (6 + extra.length))
        .putInt(0x00024342)
        .putShort((short) (size - 1))
        .put(extra)
        .put(deflated, 0, length)
        .putInt((int) crc.getValue())
        .putInt(inflated.length)
        .array();
  }
}
