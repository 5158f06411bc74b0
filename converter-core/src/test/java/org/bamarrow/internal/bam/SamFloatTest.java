package org.bamarrow.internal.bam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import htsjdk.samtools.SAMFileHeader;
import htsjdk.samtools.SAMFileWriter;
import htsjdk.samtools.SAMFileWriterFactory;
import htsjdk.samtools.SAMRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamFloatTest {
  private static final int PER_RECORD = 1000;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0",
    "1, 1",
    "-1.5, -1.5",
    "0.1, 0.1",
    "100, 100",
    "100000, 100000",
    "999999, 999999",
    "999999.5, 1e+06",
    "1000000, 1e+06",
    "1e10, 1e+10",
    "0.0001, 0.0001",
    "0.00012345678, 0.000123457",
    "1e-5, 1e-05",
    "1.4e-45, 1.4013e-45",
    "3.4028235e38, 3.40282e+38",
    "9.9999999, 10",
    "0.99999999, 1",
    "123456.7, 123457",
    "1234.125, 1234.13",
    "0.5, 0.5",
    "NaN, nan",
    "Infinity, inf",
    "-Infinity, -inf"
  })
  void writesWhatSamtoolsPrints(String value, String expected) {
    assertEquals(expected, text(Float.parseFloat(value)));
  }

  @Test
  void keepsTheSignOfANegativeNaN() {
    assertEquals("-nan", text(Float.intBitsToFloat(0xffc00000)));
  }

  @Test
  void writesAtTheOffsetAndReturnsTheEnd() {
    byte[] target = "##########".getBytes(StandardCharsets.US_ASCII);
    assertEquals(6, SamFloat.write(-2.5f, target, 2));
    assertEquals("##-2.5####", new String(target, StandardCharsets.US_ASCII));
  }

  @Test
  void agreesWithSamtoolsOnRandomFloats(@TempDir Path folder) throws Exception {
    Random random = new Random(20240607);
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < 600; row++) {
      float[] values = new float[PER_RECORD];
      for (int i = 0; i < PER_RECORD; i++) {
        values[i] = sample(random, i % 6);
      }
      rows.add(values);
    }
    Path bam = folder.resolve("floats.bam");
    write(rows, bam);
    String[] lines =
        new String(Samtools.run("view", bam.toString()), StandardCharsets.US_ASCII).split("\n");
    assertEquals(rows.size(), lines.length);
    for (int row = 0; row < lines.length; row++) {
      String[] printed = lines[row].split("XB:B:f,")[1].split("\t")[0].split(",");
      for (int i = 0; i < PER_RECORD; i++) {
        float value = rows.get(row)[i];
        assertSame(printed[i], value);
      }
      assertSame(lines[row].split("XF:f:")[1].split("\t")[0], rows.get(row)[0]);
    }
  }

  /** Releases after 1.16 round a value halfway between two texts to the even one. */
  private static void assertSame(String printed, float value) {
    if (!printed.equals(text(value)) && !isHalfway(value)) {
      assertEquals(printed, text(value), Integer.toHexString(Float.floatToRawIntBits(value)));
    }
  }

  private static boolean isHalfway(float value) {
    if (!Float.isFinite(value) || value == 0) {
      return false;
    }
    BigDecimal exact = new BigDecimal(value).stripTrailingZeros();
    return exact.precision() == 7
        && exact.unscaledValue().abs().mod(BigInteger.TEN).intValue() == 5;
  }

  /** Every bit pattern, plain numbers of few digits, exact ties, neighbours of powers of ten. */
  private static float sample(Random random, int kind) {
    return switch (kind) {
      case 0, 1 -> Float.intBitsToFloat(random.nextInt());
      case 2 -> random.nextInt(10_000_000) / (float) Math.pow(10, random.nextInt(12));
      case 3 -> random.nextInt(1 << 24) / (float) (1 << random.nextInt(24));
      case 4 -> {
        int power = Float.floatToRawIntBits((float) Math.pow(10, random.nextInt(14) - 6));
        yield Float.intBitsToFloat(power + random.nextInt(40) - 20);
      }
      default -> (float) Math.exp(random.nextGaussian() * 5);
    };
  }

  private static void write(List<float[]> rows, Path bam) {
    SAMFileHeader header = new SAMFileHeader();
    try (SAMFileWriter writer = new SAMFileWriterFactory().makeBAMWriter(header, true, bam)) {
      for (float[] values : rows) {
        SAMRecord record = new SAMRecord(header);
        record.setReadName("r");
        record.setReadUnmappedFlag(true);
        record.setAttribute("XB", values);
        record.setAttribute("XF", values[0]);
        writer.addAlignment(record);
      }
    }
  }

  private static String text(float value) {
    byte[] target = new byte[SamFloat.MAX_LENGTH];
    return new String(target, 0, SamFloat.write(value, target, 0), StandardCharsets.US_ASCII);
  }
}
