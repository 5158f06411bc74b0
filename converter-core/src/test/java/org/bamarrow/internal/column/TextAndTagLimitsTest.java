package org.bamarrow.internal.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Test;

/** Text in other encodings, and numbers of tags at the ends of their types. */
class TextAndTagLimitsTest extends OneColumn {
  @Test
  void textThatIsNotUtf8IsAnErrorOrMappedFromLatin1() throws IOException {
    ModelRecord name = new ModelRecord();
    name.name = "caf\u00e9";
    ModelRecord group = new ModelRecord().tag("RG", 'Z', "\u00fc");
    ModelRecord typed = new ModelRecord().tag("MD", 'Z', "\u00ff\u0080");
    ModelRecord other = new ModelRecord().tag("XX", 'Z', "a\u00a0");
    ModelRecord letter = new ModelRecord().tag("XX", 'A', "\u00e4");
    refused("qname", name, "not valid UTF-8");
    refused("read_group", group, "not valid UTF-8");
    refused("tags", typed, "not valid UTF-8");
    refused("other_tags", other, "not valid UTF-8");
    refused("other_tags", letter, "not valid UTF-8");
    latin1 = true;
    assertEquals("caf\u00e9", value("qname", name));
    assertEquals("\u00fc", value("read_group", group));
    assertEquals(Map.of("MD", "\u00ff\u0080"), value("tags", typed));
    assertEquals(List.of(Map.of("key", "XX", "value", "Z:a\u00a0")), value("other_tags", other));
    assertEquals(List.of(Map.of("key", "XX", "value", "A:\u00e4")), value("other_tags", letter));
  }

  @Test
  void utf8TextIsUnchanged() throws IOException {
    ModelRecord utf8 = new ModelRecord();
    utf8.name = "gr\u00c3\u00bcn"; // the bytes of a u with two dots
    ModelRecord missing = new ModelRecord();
    missing.name = "*";
    List<ModelRecord> records = List.of(new ModelRecord(), missing, utf8, missing);
    List<Object> expected = new ArrayList<>(List.of("r", "?", "gr\u00fcn", "?"));
    Collections.replaceAll(expected, "?", null);
    assertEquals(expected, column("qname", records));
    latin1 = true;
    expected.set(2, "gr\u00c3\u00bcn");
    assertEquals(expected, column("qname", records));
  }

  @Test
  void theErrorNamesTheRecordThatCausedIt() {
    List<ModelRecord> records = new ArrayList<>(Collections.nCopies(600, new ModelRecord()));
    ModelRecord bad = new ModelRecord();
    bad.name = "\u00ff";
    records.set(300, bad);
    BamFormatException error =
        assertThrows(BamFormatException.class, () -> column("qname", records));
    assertEquals(65536L * 301, error.virtualOffset());
  }

  @Test
  void integersOfEveryWidthAtTheirLimits() throws IOException {
    Map<Character, long[]> ends =
        Map.of(
            'c', new long[] {-128, 127},
            'C', new long[] {0, 255},
            's', new long[] {-32768, 32767},
            'S', new long[] {0, 65535},
            'i', new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            'I', new long[] {0, 4294967295L});
    for (char type : ends.keySet()) {
      for (long end : ends.get(type)) {
        ModelRecord record = new ModelRecord().tag("NM", type, end).tag("XX", type, end);
        assertEquals(Map.of("NM", end), value("tags", record));
        Object other = List.of(Map.of("key", "XX", "value", "i:" + end));
        assertEquals(other, value("other_tags", record));
        record.tags.add(new ModelTag("XY", 'B', type, List.of(end, end)));
        assertTrue(
            value("other_tags", record).toString().contains("B:" + type + "," + end + "," + end));
      }
    }
  }

  @Test
  void floatsAreKeptBitForBit() throws IOException {
    float nan = Float.intBitsToFloat(0x7fc12345);
    for (float value : new float[] {-0f, 1e-45f, Float.MAX_VALUE, nan, 1 / 0f, -1 / 0f}) {
      Object row = value("tags", new ModelRecord().tag("XF", 'f', value));
      float read = (Float) ((Map<?, ?>) row).get("XF");
      assertEquals(Float.floatToRawIntBits(value), Float.floatToRawIntBits(read));
    }
  }
}
