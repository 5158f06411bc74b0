package org.bamarrow.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;

/** BAMs made up for tests. */
public final class Bams {
  private static final byte[] END =
      HexFormat.of().parseHex("1f8b08040000000000ff0600424302001b0003000000000000000000");

  private Bams() {}

  /** Writes a BAM without records: SAM text, and a reference for each {@code @SQ} of it. */
  public static Path headerOnly(Path file, byte[] text, String... namesAndLengths) {
    ByteBuffer bam = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    bam.put("BAM\1".getBytes(StandardCharsets.US_ASCII)).putInt(text.length).put(text);
    bam.putInt(namesAndLengths.length / 2);
    for (int i = 0; i < namesAndLengths.length; i += 2) {
      byte[] name = (namesAndLengths[i] + "\0").getBytes(StandardCharsets.UTF_8);
      bam.putInt(name.length).put(name).putInt(Integer.parseInt(namesAndLengths[i + 1]));
    }
    return write(file, bam);
  }

  /** A BAM with unplaced reads named r0, r1 and so on, each with the tags given as {@code XX:v}. */
  public static Path reads(Path file, int count, String... tags) {
    ByteBuffer bam = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    bam.put("BAM\1".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(0);
    for (int i = 0; i < count; i++) {
      byte[] name = ("r" + i + "\0").getBytes(StandardCharsets.US_ASCII);
      ByteArrayOutputStream aux = new ByteArrayOutputStream();
      for (String tag : tags) {
        aux.writeBytes(
            (tag.substring(0, 2) + "Z" + tag.substring(3) + "\0")
                .getBytes(StandardCharsets.US_ASCII));
      }
      bam.putInt(32 + name.length + aux.size());
      bam.putInt(-1).putInt(-1).putInt(name.length | 4680 << 16).putInt(4 << 16);
      bam.putInt(0).putInt(-1).putInt(-1).putInt(0).put(name).put(aux.toByteArray());
    }
    return write(file, bam);
  }

  /** A BAM of one reference, chr1, with records as {@link #record} makes them. */
  public static Path of(Path file, List<byte[]> records) {
    ByteBuffer bam = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    bam.put("BAM\1".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(1);
    bam.putInt(5).put("chr1\0".getBytes(StandardCharsets.US_ASCII)).putInt(1 << 29);
    records.forEach(bam::put);
    return write(file, bam);
  }

  /**
   * A record on chr1 with the CIGAR 2M and the bases AC.
   *
   * @param name a character a byte
   * @param pos 0-based, as the file has it
   * @param aux the auxiliary fields as the file has them, a character a byte
   */
  public static byte[] record(String name, int mapq, int pos, int quality, String aux) {
    byte[] text = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
    byte[] tags = aux.getBytes(StandardCharsets.ISO_8859_1);
    int size = 36 + text.length + 4 + 1 + 2 + tags.length;
    ByteBuffer record = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(size - 4).putInt(0).putInt(pos).putInt(text.length | mapq << 8 | 4680 << 16);
    record.putInt(1).putInt(2).putInt(-1).putInt(-1).putInt(0).put(text).putInt(2 << 4);
    record.put((byte) 0x12).put((byte) 30).put((byte) quality).put(tags);
    return record.array();
  }

  /** Made-up paired reads over many blocks, about 100 bytes a record. */
  public static Path synth(Path file, SynthProfile profile, int records) {
    try {
      SynthBam.write(file, SynthOptions.of(profile, records, 7));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, ByteBuffer bam) {
    byte[] data = new byte[bam.flip().remaining()];
    bam.get(data);
    Deflater deflater = new Deflater(1, true);
    deflater.setInput(data);
    deflater.finish();
    byte[] packed = new byte[1 << 16];
    int length = deflater.deflate(packed);
    deflater.end();
    CRC32 crc = new CRC32();
    crc.update(data);
    ByteBuffer block = ByteBuffer.allocate(26 + length).order(ByteOrder.LITTLE_ENDIAN);
    block.put(END, 0, 16).putShort((short) (25 + length)).put(packed, 0, length);
    block.putInt((int) crc.getValue()).putInt(data.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(block.array());
    out.writeBytes(END);
    try {
      return Files.write(file, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
