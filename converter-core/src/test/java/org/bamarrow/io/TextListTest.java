package org.bamarrow.io;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextListTest {
  private static final String TEXT = "AAACGAAAGGTAGGCT-1\nAAACGAAAGTACCCAT-1\n".repeat(5_000);

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "members", "bgzip", "zstd"})
  void readsEveryCompressionWithAndWithoutByteOrderMark(String packing) throws IOException {
    assertEquals(TEXT, read(packed(packing, TEXT)));
    assertEquals(TEXT, read(packed(packing, "\ufeff" + TEXT)));
    for (String few : new String[] {"", "a", "ab", "abc"}) {
      assertEquals(few, read(packed(packing, few)));
    }
  }

  /** What reading from a FIFO is like: few bytes at a time, and no answer to how many there are. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "members", "bgzip", "zstd"})
  void aFifoIsReadToItsEnd(String packing) throws IOException {
    InputStream fifo =
        new ByteArrayInputStream(packed(packing, TEXT)) {
          @Override
          public int read(byte[] bytes, int from, int length) {
            return super.read(bytes, from, Math.min(1, length));
          }

          @Override
          public int available() {
            throw new AssertionError("a FIFO's channel fails here");
          }
        };
    assertEquals(TEXT, read(fifo));
  }

  @Test
  void binaryFilesAreRejectedByName() throws IOException {
    refused("it is UTF-16", TEXT.getBytes(UTF_16));
    refused("it is UTF-16", ("\ufeff" + TEXT).getBytes(UTF_16LE));
    refused("byte 1 is NUL", TEXT.getBytes(UTF_16LE));
    refused("byte 2 is NUL", packed("gzip", "ab\0"));
    refused("bzip2, xz or zip", "BZh91AY".getBytes(UTF_8));
  }

  @Test
  void damageIsAnErrorAtEveryOffset() throws IOException {
    byte[] gzip = packed("members", TEXT);
    refused("truncated", Arrays.copyOf(gzip, gzip.length - 1));
    refused("no valid member header", Arrays.copyOf(gzip, gzip.length + 1));
    int second = packed("gzip", TEXT.substring(0, TEXT.length() / 2)).length;
    byte[] noHeader = gzip.clone();
    noHeader[second] ^= 1;
    refused("no valid member header", noHeader);
    byte[] otherSum = gzip.clone();
    otherSum[gzip.length - 8] ^= 1;
    refused("CRC32", otherSum);
    byte[] zstd = packed("zstd", TEXT);
    refused("x: ", Arrays.copyOf(zstd, zstd.length - 1));
  }

  /** Every bit of a small gzip file either does not matter or is an error. */
  @Test
  void noSingleBitLosesText() throws IOException {
    byte[] gzip = packed("members", "AAAC-1\nAAAG-1\n");
    for (int bit = 8 * 3; bit < gzip.length * 8; bit++) {
      byte[] flipped = gzip.clone();
      flipped[bit / 8] ^= 1 << bit % 8;
      try {
        assertEquals("AAAC-1\nAAAG-1\n", read(flipped), "bit " + bit);
      } catch (IOException damaged) {
        assertTrue(damaged.getMessage().startsWith("x: "), damaged.getMessage());
      }
    }
  }

  @Test
  void linesHaveThreeTerminatorsAndLongOnesAreTruncated() throws IOException {
    String text = "a\nb\r\nc\rd\r\r\n" + "e".repeat(TextLines.LONGEST + 1) + "\nf";
    TextLines lines = new TextLines(new ByteArrayInputStream(text.getBytes(UTF_8)));
    for (String line : new String[] {"a", "b", "c", "d", ""}) {
      assertTrue(lines.next());
      assertEquals(line, lines.latin1());
    }
    assertTrue(lines.next() && lines.isCut());
    assertEquals(TextLines.LONGEST, lines.latin1().length());
    assertTrue(lines.next() && !lines.isCut());
    assertEquals("f", lines.latin1());
    assertEquals(7, lines.number());
    assertTrue(!lines.next());
  }

  private static void refused(String problem, byte[] bytes) {
    IOException e = assertThrows(IOException.class, () -> read(bytes));
    assertTrue(e.getMessage().startsWith("x: "), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  private static String read(byte[] bytes) throws IOException {
    return read(new ByteArrayInputStream(bytes));
  }

  private static String read(InputStream in) throws IOException {
    try (InputStream text = TextList.of(in, "x")) {
      return new String(text.readAllBytes(), UTF_8);
    }
  }

  private static byte[] packed(String packing, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int half = text.length() / 2;
    switch (packing) {
      case "members" -> {
        bytes.write(packed("gzip", text.substring(0, half)));
        bytes.write(packed("gzip", text.substring(half)));
      }
      case "gzip" -> write(new GZIPOutputStream(bytes), text);
      case "bgzip" -> write(new BlockCompressedOutputStream(bytes, (File) null), text);
      case "zstd" -> write(new ZstdOutputStream(bytes), text);
      default -> bytes.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void write(OutputStream out, String text) throws IOException {
    try (out) {
      out.write(text.getBytes(UTF_8));
    }
  }
}
