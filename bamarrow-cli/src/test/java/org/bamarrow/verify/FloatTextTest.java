package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bamarrow.internal.bam.SamFloat;
import org.bamarrow.internal.bam.Samtools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two implementations of SAM's float text agree, with each other and with samtools. */
class FloatTextTest {
  private static final int VALUES = 400_000;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0",
    "0.1, 0.1",
    "0.5, 0.5",
    "-2.25, -2.25",
    "100000.5, 100001", // a tie: up
    "100001.5, 100002",
    "999999, 999999",
    "999999.4, 999999",
    "999999.5, 1e+06",
    "1000005, 1e+06", // a tie: to even
    "1000015, 1.00002e+06",
    "0.0001, 0.0001",
    "0.00009999999, 0.0001",
    "0.00001, 1e-05",
    "1.4e-45, 1.4013e-45",
    "3.4028235e38, 3.40282e+38",
    "Infinity, inf",
    "-Infinity, -inf",
    "NaN, nan"
  })
  void writesWhatSamtoolsPrints(String value, String expected) {
    assertEquals(expected, text(Float.parseFloat(value)));
  }

  @Test
  void agreesWithTheConverterOnSeededFloats() {
    Random random = new Random(12);
    byte[] converted = new byte[SamFloat.MAX_LENGTH];
    for (int i = 0; i < VALUES; i++) {
      float value = sample(random, i);
      String expected =
          new String(converted, 0, SamFloat.write(value, converted, 0), StandardCharsets.US_ASCII);
      assertEquals(
          expected, text(value), () -> Integer.toHexString(Float.floatToRawIntBits(value)));
    }
  }

  @Test
  void agreesWithTheConverterOnTheSmallestAndGreatestFloatOfEveryExponent() {
    byte[] converted = new byte[SamFloat.MAX_LENGTH];
    for (int exponent = 0; exponent < 1 << 9; exponent++) { // sign and exponent
      for (int fraction : new int[] {0, 1, (1 << 22) + 1, (1 << 23) - 1}) {
        float value = Float.intBitsToFloat(exponent << 23 | fraction);
        int length = SamFloat.write(value, converted, 0);
        assertEquals(
            new String(converted, 0, length, StandardCharsets.US_ASCII),
            text(value),
            Integer.toHexString(exponent << 23 | fraction));
      }
    }
  }

  @Test
  void agreesWithSamtoolsAfterSamToBamToSam(@TempDir Path folder) throws Exception {
    Random random = new Random(13);
    StringBuilder sam = new StringBuilder("r\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*\tXB:B:f");
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      float value = sample(random, i);
      if (Float.isFinite(value)) {
        sam.append(',').append(value);
        expected.append(',').append(text(value));
      }
    }
    Path text = Files.writeString(folder.resolve("floats.sam"), sam.append('\n'));
    Path bam = folder.resolve("floats.bam");
    Samtools.run("view", "-b", "-o", bam.toString(), text.toString());
    String printed =
        new String(Samtools.run("view", bam.toString()), StandardCharsets.US_ASCII).strip();
    assertEquals(expected.toString(), printed.split("XB:B:f")[1]);
  }

  /** Any bits (subnormal, infinite, NaN), few digits, exact ties, neighbours of powers of ten. */
  private static float sample(Random random, int i) {
    return switch (i % 6) {
      case 0, 1 -> Float.intBitsToFloat(random.nextInt());
      case 2 -> random.nextInt(10_000_000) / (float) Math.pow(10, random.nextInt(12));
      case 3 -> random.nextInt(1 << 24) / (float) (1 << random.nextInt(24));
      case 4 -> {
        int power = Float.floatToRawIntBits((float) Math.pow(10, random.nextInt(14) - 6));
        yield Float.intBitsToFloat(power + random.nextInt(40) - 20);
      }
      default -> -(float) Math.exp(random.nextGaussian() * 5);
    };
  }

  private static String text(float value) {
    return new Bytes().addFloat(value).toString();
  }
}
