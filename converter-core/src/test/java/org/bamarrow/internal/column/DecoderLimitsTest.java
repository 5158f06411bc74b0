package org.bamarrow.internal.column;

import static org.bamarrow.internal.column.ModelRecord.op;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.errors.OptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Positions and CIGARs at the edges of what columns can hold, and those beyond, which are errors.
 */
class DecoderLimitsTest extends OneColumn {
  @Test
  void positionsAtTheLimitsOf32Bits() throws IOException {
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
  void endAtTheLimitsOf32Bits() throws IOException {
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
  void aMappedReadWhoseCigarDoesNotMatchItsLengthIsAnError() throws IOException {
    refused("end", at(7).bases(1, 2, 4).cigar(op(2, 'M')), "query length 2 and a SEQ of length 3");
    assertEquals(9, value("end", at(7).cigar(op(2, 'M'))));
    assertEquals(8, value("end", at(7).bases(1, 2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 15})
  void anInvalidCigarOperationIsAnError(int code) {
    for (String column : List.of("cigar", "end")) {
      refused(column, at(5).cigar(op(1, 'D'), 7 << 4 | code), "CIGAR operation code " + code);
    }
    lists = true;
    refused("cigar", at(5).cigar(7 << 4 | code), "CIGAR operation code " + code);
  }

  @Test
  void theLongestOperationAndTheMaximumNumberOfOperations() throws IOException {
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
  void aCgTagWithoutPlaceholderCigarIsAnOrdinaryTag() throws IOException {
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
  void unknownAndDuplicateColumnsAreErrors() {
    for (List<String> names : List.of(List.of("pos", "nope"), List.of("pos", "pos"))) {
      assertThrows(OptionException.class, () -> ColumnOptions.defaults().withNames(names));
    }
  }
}
