package org.bamarrow.internal.column;

import static org.bamarrow.internal.column.ModelRecord.op;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.errors.OptionException;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at the edges of what columns can hold, and those beyond, which are errors. */
class DecoderLimitsTest {
  private final BufferAllocator allocator = new RootAllocator();
  private boolean zeroBased;
  private boolean latin1;
  private boolean lists;

  @AfterEach
  void closeAllocator() {
    allocator.close();
  }

  @Test
  void seqOfEveryLengthHoldsAllSixteenLetters() throws IOException {
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

  @Test
  void positionsAtTheEndsOfThirtyTwoBits() throws IOException {
    assertEquals(Integer.MAX_VALUE, value("pos", at(Integer.MAX_VALUE - 1)));
    assertNull(value("pos", at(-1)));
    assertEquals(-1, value("pos", at(-2)));
    assertEquals(Integer.MIN_VALUE + 1, value("pos", at(Integer.MIN_VALUE)));
    refused("pos", at(Integer.MAX_VALUE), "2147483648 does not fit");
    zeroBased = true;
    assertEquals(Integer.MAX_VALUE, value("pos", at(Integer.MAX_VALUE)));
    assertEquals(0, value("pos", at(0)));
    assertNull(value("pos", at(-1)));
  }

  @Test
  void endAtTheEndsOfThirtyTwoBits() throws IOException {
    assertEquals(Integer.MAX_VALUE, value("end", at(Integer.MAX_VALUE - 1)));
    refused("end", at(Integer.MAX_VALUE), "ends at 2147483648");
    int longest = (1 << 28) - 1;
    assertEquals(longest, value("end", at(0).cigar(op(longest, 'N'))));
    int[] nine = new int[9];
    Arrays.fill(nine, op(longest, 'D'));
    refused("end", at(0).cigar(nine), "ends at " + 9L * longest);
    ModelRecord unmapped = at(100).cigar(nine);
    unmapped.flag = 4;
    assertEquals(101, value("end", unmapped));
    assertEquals(-4, value("end", at(-5)));
    assertNull(value("end", at(-1).cigar(op(5, 'M'))));
  }

  @Test
  void endIsOneBasePastTheStartWithoutBasesOnTheReference() throws IOException {
    assertEquals(8, value("end", at(7)));
    assertEquals(8, value("end", at(7).cigar(op(3, 'I'), op(2, 'P'), op(9, 'H'), op(0, 'M'))));
  }

  @Test
  void aMappedReadWhoseCigarDoesNotCoverItsBasesIsRefused() throws IOException {
    refused("end", at(7).bases(1, 2, 4).cigar(op(2, 'M')), "covers 2 bases while SEQ has 3");
    assertEquals(9, value("end", at(7).cigar(op(2, 'M'))));
    assertEquals(8, value("end", at(7).bases(1, 2)));
  }

  @ParameterizedTest
  @CsvSource({"0, !", "93, ~"})
  void qualitiesFromNoneToNinetyThree(int quality, String text) throws IOException {
    for (int length = 1; length < 20; length++) {
      assertEquals(text.repeat(length), value("qual", qualities(length, quality)));
    }
  }

  @Test
  void qualitiesAreMissingWhereTheFirstIs255AsHtslibHasIt() throws IOException {
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
  void numbersHoldQualitiesUpTo127() throws IOException {
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
  void aQualityOverNinetyThreeIsRefusedAtEveryPlace(int quality) {
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

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 15})
  void aCigarOperationOverEightIsRefused(int code) {
    for (String column : List.of("cigar", "end")) {
      refused(column, at(5).cigar(op(1, 'D'), 7 << 4 | code), "CIGAR operation code " + code);
    }
    lists = true;
    refused("cigar", at(5).cigar(7 << 4 | code), "CIGAR operation code " + code);
  }

  @Test
  void theLongestOperationAndTheMostOperationsOfARecord() throws IOException {
    int longest = (1 << 28) - 1;
    assertEquals("268435455N0P", value("cigar", at(1).cigar(op(longest, 'N'), op(0, 'P'))));
    int[] most = new int[65535];
    Arrays.fill(most, op(1, 'D'));
    assertEquals("1D".repeat(65535), value("cigar", at(1).cigar(most)));
    assertEquals(65536, value("end", at(1).cigar(most)));
    ModelRecord inTag = at(1).cigar(Arrays.copyOf(most, 70_000));
    Arrays.fill(inTag.cigar, op(1, 'D'));
    inTag.cgBefore = 0;
    assertEquals("1D".repeat(70_000), value("cigar", inTag));
    assertEquals(70_001, value("end", inTag));
    assertEquals(List.of(), value("other_tags", inTag));
  }

  /** As htslib's bam_tag2cigar: placeholder, reference, position, type and length must be right. */
  @Test
  void aCgTagThatIsNotTheRealCigarStaysATag() throws IOException {
    List<Object> ops = List.of((long) op(5, 'D'), (long) op(6, 'D'));
    ModelTag cg = new ModelTag("CG", 'B', 'I', ops);
    ModelRecord right = at(1).cigar(op(0, 'S'), op(9, 'N'));
    right.tags.add(cg);
    assertEquals("5D6D", value("cigar", right));
    List<ModelRecord> wrong = new ArrayList<>();
    wrong.add(at(1).cigar(op(1, 'S'), op(9, 'N')));
    wrong.add(at(1).cigar(op(0, 'H'), op(9, 'N')));
    wrong.add(new ModelRecord().at(-1, 1).cigar(op(0, 'S'), op(9, 'N')));
    wrong.add(at(-1).cigar(op(0, 'S'), op(9, 'N')));
    wrong.add(at(-7).cigar(op(0, 'S'), op(9, 'N')));
    wrong.add(at(1).cigar(op(0, 'S'), op(9, 'N'), op(1, 'D')));
    for (ModelRecord record : wrong) {
      record.tags.add(cg);
      assertTrue(value("cigar", record).toString().matches("[01][SH]9N(1D)?"));
      String text = "B:I," + op(5, 'D') + "," + op(6, 'D');
      assertEquals(List.of(Map.of("key", "CG", "value", text)), value("other_tags", record));
    }
    ModelRecord otherType = at(1).cigar(op(0, 'S'), op(9, 'N'));
    otherType.tags.add(new ModelTag("CG", 'B', 'S', List.of(1L, 2L, 3L)));
    assertEquals("0S9N", value("cigar", otherType));
  }

  @Test
  void textThatIsNotUtf8IsRefusedWithItsRecordOrMappedFromLatin1() throws IOException {
    ModelRecord name = new ModelRecord();
    name.name = "caf\u00e9";
    ModelRecord group = new ModelRecord().tag("RG", 'Z', "\u00fc");
    ModelRecord typed = new ModelRecord().tag("MD", 'Z', "\u00ff\u0080");
    ModelRecord other = new ModelRecord().tag("XX", 'Z', "a\u00a0");
    ModelRecord letter = new ModelRecord().tag("XX", 'A', "\u00e4");
    refused("qname", name, "not UTF-8");
    refused("read_group", group, "not UTF-8");
    refused("tags", typed, "not UTF-8");
    refused("other_tags", other, "not UTF-8");
    refused("other_tags", letter, "not UTF-8");
    latin1 = true;
    assertEquals("caf\u00e9", value("qname", name));
    assertEquals("\u00fc", value("read_group", group));
    assertEquals(Map.of("MD", "\u00ff\u0080"), value("tags", typed));
    assertEquals(List.of(Map.of("key", "XX", "value", "Z:a\u00a0")), value("other_tags", other));
    assertEquals(List.of(Map.of("key", "XX", "value", "A:\u00e4")), value("other_tags", letter));
  }

  @Test
  void textThatIsUtf8StaysAsItIsAmongOthers() throws IOException {
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
  void integersOfEveryWidthAtTheirEnds() throws IOException {
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

  @Test
  void anUnknownColumnOrOneAskedForTwiceIsRefused() {
    for (List<String> names : List.of(List.of("pos", "nope"), List.of("pos", "pos"))) {
      assertThrows(OptionException.class, () -> ColumnOptions.defaults().withNames(names));
    }
  }

  private static ModelRecord at(int position) {
    return new ModelRecord().at(0, position);
  }

  private static ModelRecord qualities(int length, int quality) {
    ModelRecord record = new ModelRecord().bases(new int[length]);
    Arrays.fill(record.qualities, (byte) quality);
    return record;
  }

  private void refused(String column, ModelRecord record, String why) {
    BamFormatException error = assertThrows(BamFormatException.class, () -> value(column, record));
    assertTrue(error.getMessage().contains(why), error.getMessage());
  }

  private Object value(String column, ModelRecord record) throws IOException {
    return column(column, List.of(record)).get(0);
  }

  /** Values of one column, decoded alone. */
  private List<Object> column(String column, List<ModelRecord> records) throws IOException {
    boolean tags = column.equals("tags");
    boolean other = column.equals("other_tags");
    TagOptions options =
        TagOptions.defaults()
            .withListed(
                tags || other
                    ? List.of(TagType.parse("NM:i"), TagType.parse("MD:Z"), TagType.parse("XF:f"))
                    : List.of())
            .withMode(tags || other ? TagsMode.LIST : TagsMode.NONE)
            .withOther(tags || other ? OtherTags.OVERFLOW : OtherTags.NONE);
    List<String> names = tags || other ? List.of() : List.of(column);
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withNames(names)
            .withCoordinates(zeroBased ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED)
            .withQual(lists ? QualForm.NUMBERS : QualForm.TEXT)
            .withCigar(lists ? CigarForm.OPS : CigarForm.TEXT)
            .withTextEncoding(latin1 ? TextEncoding.LATIN_1 : TextEncoding.UTF_8);
    BatchSchema schema = new BatchSchema(columns, options, options.listed());
    List<Field> fields = schema.fields();
    assertEquals(tags || other ? 2 : 1, fields.size());
    try (SliceDecoder decoder = schema.newDecoder(allocator)) {
      return Decoded.of(schema, decoder, allocator, ModelRecord.slice(records), records.size())
          .columns()
          .get(column);
    }
  }
}
