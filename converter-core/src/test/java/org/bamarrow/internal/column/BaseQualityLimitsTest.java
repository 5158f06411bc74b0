package org.bamarrow.internal.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SEQ and QUAL at the edges of what their columns can hold, and beyond. */
class BaseQualityLimitsTest extends OneColumn {
  @Test
  void seqOfEveryLengthWithAllSixteenLetters() throws IOException {
    for (int length = 1; length <= 40; length++) {
      for (int shift = 0; shift < 16; shift++) {
        int from = shift;
        int[] codes = IntStream.range(from, from + length).map(i -> i & 15).toArray();
        StringBuilder expected = new StringBuilder();
        for (int code : codes) {
          expected.append(ModelRecord.LETTERS.charAt(code));
        }
        assertEquals(expected.toString(), value("seq", new ModelRecord().bases(codes)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, !", "93, ~"})
  void qualitiesFrom0To93(int quality, String text) throws IOException {
    for (int length = 1; length < 20; length++) {
      assertEquals(text.repeat(length), value("qual", qualities(length, quality)));
    }
  }

  @Test
  void qualitiesAreMissingIfTheFirstIs255AsInHtslib() throws IOException {
    for (boolean asList : new boolean[] {false, true}) {
      lists = asList;
      for (int length = 1; length < 20; length++) {
        assertNull(value("qual", qualities(length, 255)));
        for (int i = 1; i < length; i++) {
          ModelRecord mixed = qualities(length, 255);
          mixed.qualities[i] = 5;
          assertNull(value("qual", mixed));
        }
        if (length > 1) {
          ModelRecord mixed = qualities(length, 255);
          mixed.qualities[0] = 5;
          refused("qual", mixed, "base quality 255 at base 2 ");
        }
      }
    }
  }

  @Test
  void qualityNumbersAllowUpTo127() throws IOException {
    lists = true;
    for (int length = 1; length < 20; length++) {
      assertEquals(Collections.nCopies(length, (byte) 127), value("qual", qualities(length, 127)));
      for (int i = 0; i < length; i++) {
        ModelRecord record = qualities(length, 127);
        record.qualities[i] = (byte) 128;
        refused("qual", record, "base quality 128 at base " + (i + 1) + " ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {94, 127, 128, 222, 223, 254, 255})
  void aQualityOver93IsAnErrorAtEveryPosition(int quality) {
    for (int length = 2; length < 20; length++) {
      for (int i = 0; i < length; i++) {
        ModelRecord record = qualities(length, 93);
        record.qualities[i] = (byte) quality;
        if (quality == 255 && i == 0) {
          continue; // missing
        }
        refused("qual", record, "base quality " + quality + " at base " + (i + 1) + " ");
      }
    }
  }
}
