package org.bamarrow.internal.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagCountsTest {
  private final TagCounts counts = new TagCounts();

  @Test
  void givesTagsInOrderOfFirstAppearanceWithTheirTypes() throws BamFormatException {
    add(new RecordBytes().text("XZ", "x").integer("NM", 'C', 1).tag("XA", 'A').raw('c'));
    add(new RecordBytes().tag("Xf", 'f').int32(0).integer("NM", 'i', -1).tag("XH", 'H').raw(0));
    assertTypes("[XZ:Z, NM:i, XA:A, Xf:f, XH:H]");
  }

  @Test
  void theMostFrequentTypeWins() throws BamFormatException {
    add(new RecordBytes().integer("XX", 'c', 1).text("YY", "y"));
    add(new RecordBytes().text("XX", "x").integer("YY", 'c', 1));
    assertTypes("[XX:i, YY:Z]");
    add(new RecordBytes().text("XX", "x").text("YY", "y"));
    assertTypes("[XX:Z, YY:Z]");
  }

  @ParameterizedTest
  @CsvSource({"c,c", "C,C", "s,s", "S,S", "i,i", "I,I", "f,f", "cCC,C", "cC,c", "ffc,f", "IiiS,i"})
  void arraysAreCountedBySubtype(String seen, char type) throws Exception {
    for (char subtype : seen.toCharArray()) {
      add(new RecordBytes().tag("XB", 'B').raw(subtype).int32(0));
    }
    assertTypes("[XB:B:" + type + "]");
  }

  @Test
  void countsOnlyNamesOfTags() throws BamFormatException {
    add(new RecordBytes().text("1A", "").text("A!", "").text("a0", "").raw(200, 'A', 'c', 1));
    assertTypes("[a0:Z]");
  }

  @Test
  void leavesOutTheRealCigarButNotAnyOtherCg() throws BamFormatException {
    counts.add(new ArraySlice(longCigar(0, 'I')));
    assertTypes("[NM:i]");
    counts.add(new ArraySlice(longCigar(-1, 'I')));
    assertTypes("[NM:i, CG:B:I]");
    counts.clear();
    counts.add(new ArraySlice(longCigar(0, 'S')));
    assertTypes("[CG:B:S, NM:i]");
  }

  @Test
  void mergedCountsAreThoseOfAllRecordsInOrder() throws BamFormatException {
    add(new RecordBytes().text("XX", "x").integer("NM", 'c', 1));
    TagCounts later = new TagCounts();
    later.add(
        new ArraySlice(new RecordBytes().text("ZZ", "").text("NM", "").text("AA", "").record()));
    later.add(new ArraySlice(new RecordBytes().text("NM", "").record()));
    counts.merge(later);
    assertTypes("[XX:Z, NM:Z, ZZ:Z, AA:Z]");
    later.clear();
    assertEquals(List.of(), later.types());
    counts.merge(later);
    assertTypes("[XX:Z, NM:Z, ZZ:Z, AA:Z]");
  }

  @Test
  void ofTagsThatDifferOnlyInCaseTheMostFrequentIsKept() throws BamFormatException {
    add(new RecordBytes().text("xs", "").text("Xs", "").text("x0", "").text("X1", ""));
    add(new RecordBytes().text("XS", "").text("X0", "").text("x2", ""));
    assertEquals("[Xs:Z, XS:Z, X0:Z]", counts.caseVariants().toString());
    add(new RecordBytes().text("XS", "").integer("X0", 'c', 1));
    assertEquals("[xs:Z, Xs:Z, x0:Z]", counts.caseVariants().toString());
    assertTypes("[xs:Z, Xs:Z, x0:Z, X1:Z, XS:Z, X0:Z, x2:Z]");
    counts.clear();
    assertEquals(List.of(), counts.caseVariants());
  }

  @Test
  void growsWithTheNumberOfTags() throws BamFormatException {
    RecordBytes record = new RecordBytes();
    for (char first = 'A'; first <= 'Z'; first++) {
      for (char second = '0'; second <= '9'; second++) {
        record.integer("" + first + second, 'c', 1);
      }
    }
    add(record);
    assertEquals(260, counts.types().size());
    assertEquals("Z9:i", counts.types().get(259).toString());
  }

  @Test
  void rejectsInvalidFields() {
    RecordBytes broken = new RecordBytes().raw('N', 'M', '?', 1);
    assertThrows(BamFormatException.class, () -> add(broken));
  }

  private void add(RecordBytes record) throws BamFormatException {
    counts.add(new ArraySlice(record.record()));
  }

  private void assertTypes(String types) {
    assertEquals(types, counts.types().toString());
  }

  /** A record of l_seq 0 with the placeholder 0S5N, then the tags CG and NM. */
  private static byte[] longCigar(int refId, char subtype) {
    byte[] record =
        new RecordBytes()
            .raw(4, 0, 0, 0, 5 << 4 | 3, 0, 0, 0) // becomes the CIGAR
            .tag("CG", 'B')
            .raw(subtype)
            .int32(2)
            .raw(new byte[subtype == 'I' ? 8 : 4])
            .integer("NM", 'c', 1)
            .record();
    ByteBuffer fields = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    fields.putInt(4, refId).putInt(8, 7).putShort(16, (short) 2);
    return record;
  }
}
