package org.bamarrow.internal.bam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCheckTest {
  @Test
  void asciiIsDetectedAtEveryOffsetAndLength() {
    for (int length = 0; length < 40; length++) {
      byte[] data = new byte[length + 6];
      Arrays.fill(data, (byte) 0xff); // high bits outside the range must not count
      Arrays.fill(data, 3, 3 + length, (byte) 0x7f);
      assertTrue(TextCheck.isAscii(data, 3, 3 + length));
      for (int place = 3; place < 3 + length; place++) {
        data[place] = (byte) 0x80;
        assertFalse(TextCheck.isAscii(data, 3, 3 + length));
        assertFalse(TextCheck.isUtf8(data, 3, 3 + length));
        data[place] = 0x7f;
      }
    }
  }

  @Test
  void nulIsFoundAtEveryOffset() {
    for (int length = 0; length < 40; length++) {
      byte[] data = new byte[length + 6]; // NULs outside the range must not count
      Arrays.fill(data, 3, 3 + length, (byte) 1); // the byte that SWAR misdetects after a NUL
      assertEquals(3 + length, TextCheck.indexOfNul(data, 3, 3 + length));
      for (int place = 2 + length; place >= 3; place--) {
        data[place] = 0; // the first one counts, whatever NULs follow
        assertEquals(place, TextCheck.indexOfNul(data, 3, 3 + length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3a9", "e282ac", "f09f9880", "41c3a942", "efbfbf", "f48fbfbf", ""})
  void acceptsUtf8(String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    assertTrue(TextCheck.isUtf8(data, 0, data.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"e9", "c3", "c080", "eda080", "f4908080", "e282", "41e941", "ff"})
  void rejectsWhatIsNotUtf8(String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    assertFalse(TextCheck.isUtf8(data, 0, data.length));
  }

  @Test
  void agreesWithTheStrictDecoderOnLongAndRandomText() {
    Random random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(2000); i > 0; i--) {
        text.appendCodePoint(random.nextInt(4) > 0 ? 'a' : random.nextInt(0xd800));
      }
      byte[] data = text.toString().getBytes(StandardCharsets.UTF_8);
      if (data.length > 0 && random.nextBoolean()) {
        data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertEquals(decodes(data), TextCheck.isUtf8(data, 0, data.length));
    }
  }

  @Test
  void mapsLatin1ToUtf8() {
    Random random = new Random(8);
    for (int round = 0; round < 3000; round++) {
      byte[] latin1 = new byte[random.nextInt(50)];
      for (int i = 0; i < latin1.length; i++) {
        latin1[i] = (byte) (random.nextInt(5) > 0 ? random.nextInt(128) : random.nextInt(256));
      }
      byte[] target = new byte[5 + 2 * latin1.length];
      int end = TextCheck.latin1ToUtf8(latin1, 0, latin1.length, target, 5);
      byte[] expected =
          new String(latin1, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(expected, Arrays.copyOfRange(target, 5, end));
      byte[] back = new byte[2 + latin1.length];
      assertEquals(back.length, TextCheck.utf8ToLatin1(target, 5, end, back, 2));
      assertArrayEquals(latin1, Arrays.copyOfRange(back, 2, back.length));
    }
  }

  private static boolean decodes(byte[] data) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
