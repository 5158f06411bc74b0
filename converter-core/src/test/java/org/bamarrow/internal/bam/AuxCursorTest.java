package org.bamarrow.internal.bam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuxCursorTest {
  private final AuxCursor cursor = new AuxCursor();

  @Test
  void iteratesOverEveryTypeWithItsBounds() {
    byte[] aux =
        new RecordBytes()
            .tag("AA", 'A')
            .raw('!')
            .integer("cc", 'c', -5)
            .integer("CC", 'C', 200)
            .integer("ss", 's', -300)
            .integer("SS", 'S', 60000)
            .integer("ii", 'i', -70000)
            .integer("II", 'I', 0xfffffffeL)
            .tag("ff", 'f')
            .int32(Float.floatToRawIntBits(1.5f))
            .text("ZZ", "hello longer than eight")
            .text("Z0", "")
            .tag("HH", 'H')
            .raw('1', 'A', 0)
            .tag("BS", 'B')
            .raw('S')
            .int32(3)
            .raw(1, 0, 2, 0, 255, 255)
            .tag("B0", 'B')
            .raw('f')
            .int32(0)
            .aux();
    cursor.reset(aux, 0, aux.length);
    StringBuilder seen = new StringBuilder();
    int end = 0;
    while (cursor.next()) {
      assertEquals(end, cursor.start());
      end = cursor.end();
      seen.append(AuxCursor.name(cursor.tag())).append((char) cursor.type());
      seen.append(cursor.length());
      if (cursor.isInteger()) {
        seen.append('=').append(cursor.integer());
      }
      if (cursor.type() == 'B') {
        seen.append((char) cursor.subtype()).append(cursor.count());
      }
      seen.append(' ');
    }
    assertFalse(cursor.isInvalid());
    assertNull(cursor.problem());
    assertEquals(aux.length, end);
    assertEquals(
        "AAA1 ccc1=-5 CCC1=200 sss2=-300 SSS2=60000 iii4=-70000 III4=4294967294 fff4 ZZZ23 Z0Z0"
            + " HHH2 BSB6S3 B0B0f0 ",
        seen.toString());
  }

  @Test
  void findsTheFirstFieldOfATag() {
    byte[] aux = new RecordBytes().integer("NM", 'C', 1).text("RG", "a").text("RG", "b").aux();
    cursor.reset(aux, 0, aux.length);
    assertTrue(cursor.find(AuxCursor.key("RG")));
    assertEquals('a', aux[cursor.value()]);
    cursor.reset(aux, 0, aux.length);
    assertFalse(cursor.find(AuxCursor.key("CB")));
    assertFalse(cursor.isInvalid());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          58                       | 1 trailing byte(s) after the last tag
          58 58                    | 2 trailing byte(s) after the last tag
          58 58 5a                 | 3 trailing byte(s) after the last tag
          58 59 64 00 00 00 00     | tag XY has the unknown type d
          58 07 ff 00              | tag X\\x07 has the unknown type \\xff
          58 59 69 00 00 00        | tag XY of type i is truncated by the end of the record
          58 59 73 00              | tag XY of type s is truncated by the end of the record
          58 59 5a 41              | tag XY of type Z has no NUL before the end of the record
          58 59 48 41 41 41 41 41 41 41 41 41 | tag XY of type H has no NUL before the end of the record
          58 59 42 63 01 00 00     | tag XY of type B is truncated by the end of the record
          58 59 42 5a 00 00 00 00  | tag XY of type B has the unknown subtype Z
          58 59 42 41 00 00 00 00  | tag XY of type B has the unknown subtype A
          58 59 42 63 ff ff ff ff 00 | tag XY of type B:c has a count of -1 elements but the record has only 1 bytes left
          58 59 42 69 00 00 00 40 01 02 03 04 | tag XY of type B:i has a count of 1073741824 elements but the record has only 4 bytes left
          58 59 42 53 02 00 00 00 01 02 03 | tag XY of type B:S has a count of 2 elements but the record has only 3 bytes left
          """)
  void describesInvalidFields(String hex, String problem) {
    byte[] broken = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
    byte[] aux = new RecordBytes().integer("NM", 'C', 1).raw(broken).aux();
    // bytes after the end that would complete the field must not be read
    byte[] data = Arrays.copyOf(aux, aux.length + 16);
    cursor.reset(data, 0, aux.length);
    assertTrue(cursor.next());
    assertFalse(cursor.isInvalid());
    for (int again = 0; again < 2; again++) {
      assertFalse(cursor.next());
      assertTrue(cursor.isInvalid());
      assertEquals(4, cursor.start());
      assertEquals(problem, cursor.problem());
    }
    cursor.reset(data, 0, 4);
    assertTrue(cursor.next());
    assertFalse(cursor.next());
    assertFalse(cursor.isInvalid());
  }

  @Test
  void staysInsideItsRangeWhateverTheBytes() {
    Random random = new Random(4242);
    byte[] letters = "AcCsSiIfZHBBBZ\0".getBytes(StandardCharsets.ISO_8859_1);
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        if (random.nextInt(3) > 0) {
          bytes[i] = letters[random.nextInt(letters.length)];
        } else if (random.nextInt(2) > 0) {
          bytes[i] = (byte) random.nextInt(3);
        }
      }
      // the array ends with the range: a read after it throws
      cursor.reset(bytes, 0, bytes.length);
      String alone = walk(bytes, 0, bytes.length);
      // and neither the bytes before nor those after change the result
      byte[] framed = new byte[bytes.length + 20];
      random.nextBytes(framed);
      System.arraycopy(bytes, 0, framed, 10, bytes.length);
      cursor.reset(framed, 10, 10 + bytes.length);
      assertEquals(alone, walk(framed, 10, 10 + bytes.length));
    }
  }

  private String walk(byte[] data, int from, int to) {
    StringBuilder seen = new StringBuilder();
    int end = from;
    while (cursor.next()) {
      assertEquals(end, cursor.start());
      assertTrue(cursor.value() > end && cursor.length() >= 0);
      assertTrue(cursor.value() + cursor.length() <= cursor.end() && cursor.end() <= to);
      assertTrue(cursor.end() > end, "each step advances");
      end = cursor.end();
      seen.append(cursor.tag()).append((char) cursor.type()).append(cursor.value() - from);
      seen.append('+').append(cursor.length()).append(' ');
    }
    assertEquals(end == to, !cursor.isInvalid());
    return seen.append(cursor.problem()).toString();
  }
}
