package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.errors.OptionException;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterExpressionTest {
  /** QNAME r1, FLAG 99, MAPQ 60, NM:i:0, XF:f:0.5, CB:Z:AC, XC:A:Q, EM:Z: (empty), BB:B:C. */
  private static final ArraySlice RECORD =
      new ArraySlice(
          new RecordBytes()
              .name("r1")
              .flag(99)
              .mapq(60)
              .integer("NM", 'C', 0)
              .tag("XF", 'f')
              .int32(Float.floatToIntBits(0.5f))
              .text("CB", "AC")
              .tag("XC", 'A')
              .raw('Q')
              .text("EM", "")
              .tag("BB", 'B')
              .raw('C')
              .int32(0)
              .record());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-1",
        "0.5",
        ".5",
        "5.",
        "2.5e-1 == 0.25",
        "0x1F == 31",
        "\"\"",
        "!0",
        "!0.5",
        "!!7",
        "~5 == -6",
        "- 5 < 0",
        "10 / 4 == 2.5",
        "7.9 % 5 == 2",
        "(7.9 & 4.1) == 4",
        "(2 > 1) + (3 < 5) == 2",
        "2 + 3 * 4 == 14",
        "10 - 3 - 2 == 5",
        "1 | 6 ^ 3 & 2 == 5",
        "6 & 7 > 4",
        "1 || 0 && 0 || 1",
        "3 > 2 > 0",
        "1 == 1 == 1",
        "1<2 == 3>2",
        "qname == \"r1\"",
        "qname != 5",
        "!(qname == 5)",
        "qname =~ \"^r[0-9]$\"",
        "qname !~ \"x\"",
        "rname == \"*\" && rnext == \"*\" && cigar == \"*\" && library == \"\"",
        "pos == 0 && endpos == 0 || endpos == 1 || pos == 0",
        "refid == -1 && mrefid == -1 && tlen == 0",
        "flag == 99 && flag.paired && flag.proper_pair == 2 && !flag.unmap && flag.read1 == 64",
        "mapq >= 60 && ncigar + qlen + rlen + sclen + hclen == 0",
        "length(qname) == 2 && length(seq) == 0 && length(qual) == 0",
        "min(qname) == 49 && max(qname) == 114 && avg(qname) == 81.5",
        "avg(seq) == 0",
        "!exists(min(seq))",
        "sqrt(9) == 3 && pow(2, 3) == 8 && log(exp(2)) == 2",
        "!exists(sqrt(-9))",
        "\"a\\\"b\\\\c\\td\" =~ \"a\\\"b\"",
        "\"ab\" < \"abc\" && \"b\" > \"abc\"",
        "[NM]",
        "![NM] == 0",
        "[NM] == 0",
        "!([NM] != 0)",
        "[XF] == 0.5",
        "[CB] == \"AC\" && length([CB]) == 2",
        "[XC] == \"Q\"",
        "[EM] && length([EM]) == 0 && exists([EM])",
        "sqrt([NM])",
        "log(2 - 1) && log(1 == 1) && !log(1)",
        "![ZZ]",
        "!exists([ZZ])",
        "!([ZZ] == 0) && !([ZZ] != 0) && !([ZZ] < 1) && !([ZZ] =~ \"x\") && !([ZZ] !~ \"x\")",
        "!exists([ZZ] + 1) && !exists(-[ZZ]) && !exists([ZZ] & 1) && !exists([ZZ] == 1)",
        "exists([ZZ] && 1)",
        "default([ZZ], 7) == 7 && default([NM], 7) == 0",
        "length([ZZ]) == 0",
        "exp([ZZ]) == 1",
        "[ZZ] || 1",
        "1 || [BB] + 1",
        "!(0 && [CB] + 1)",
        "\t1\t"
      })
  void isTrue(String expression) throws Exception {
    assertTrue(accepts(expression), expression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "!1",
        "!\"\"",
        "0/0",
        "5 % 0",
        "5 % 0.5",
        "![NM]",
        "[ZZ]",
        "[ZZ] || 0",
        "[ZZ] && 1",
        "-[NM]",
        "[NM] + 0",
        "1 == 2 == 3",
        "1 && 0 || 0",
        "qname == 5",
        "qname > 5",
        "min([EM]) == 0",
        "sqrt([ZZ])"
      })
  void isFalse(String expression) throws Exception {
    assertFalse(accepts(expression), expression);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|1|expected a value, found the end",
        "1 +|4|expected a value, found the end",
        "mapp >= 3|1|unknown name 'mapp'; did you mean 'mapq'?",
        "tid == 1|1|unknown name 'tid'",
        "flag.foo|1|unknown name 'flag.foo'",
        "legth(seq)|1|unknown name 'legth'; did you mean 'length'?",
        "length (seq)|1|length is a function",
        "(1|3|expected ')', found the end",
        "1)|2|expected an operator or the end, found ')'",
        "1 = 1|3|expected an operator or the end, found '='",
        "[N]|1|a tag is two ASCII characters in brackets",
        "\"abc|1|the text has no closing '\"'",
        "1 + qname|3|'+' needs numbers, not text",
        "mapq && -seq|9|'-' needs numbers, not text",
        "length(5)|8|length needs text, not a number",
        "sqrt(qname)|6|sqrt needs a number, not text",
        "pow(1)|6|expected ',', found ')'",
        "mapq =~ \"6\"|6|a regular expression needs text on its left side",
        "qname =~ rname|10|expected a regular expression in quotation marks",
        "qname =~ \"(\"|10|not a POSIX extended regular expression: '(' without ')'",
        "--5|2|expected a value, found '-'",
        "1 and 2|3|expected an operator or the end, found 'a'",
        "\u00e9 == 1|1|expected a value"
      })
  void errorsTellTheCharacter(String expression, int character, String problem) {
    OptionException e = assertThrows(OptionException.class, () -> accepts(expression));
    String expected = "'" + expression + "': character " + character + ": " + problem;
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[CB] + 1", "-[CB]", "[NM] =~ \"0\"", "length([NM])", "log([CB])", "[BB]"})
  void aTagOfAnotherTypeIsAnErrorOfTheRecord(String expression) {
    BamFormatException e = assertThrows(BamFormatException.class, () -> accepts(expression));
    assertTrue(
        e.getMessage().contains("filter expression, character 1: ")
            || e.getMessage().contains("filter expression, character 6: "),
        e.getMessage());
    assertEquals(65536, e.virtualOffset());
  }

  @Test
  void invalidTagsAreAnErrorOnlyIfATagIsNeeded() throws Exception {
    ArraySlice broken = new ArraySlice(new RecordBytes().raw('X', 'Y', 'q', 0).record());
    assertTrue(filter("mapq == 60").accepts(broken, 0));
    assertThrows(BamFormatException.class, () -> filter("[NM]").accepts(broken, 0));
  }

  @Test
  void allExpressionsMustBeTrueAndEachRecordCountsForTheFirstFilterItFails() throws Exception {
    RowOptions rows =
        RowOptions.defaults()
            .withMinMapq(70)
            .withExcludeFlags(64)
            .withExpressions(List.of("mapq", "[NM] || [ZZ]"));
    RecordFilter filter = RecordFilters.of(rows);
    assertFalse(filter.accepts(RECORD, 0));
    assertFalse(filter.accepts(new ArraySlice(new RecordBytes().mapq(80).record()), 0));
    Map<String, Long> removed = new java.util.TreeMap<>();
    filter.takeRemoved(removed);
    filter.takeRemoved(removed);
    assertEquals(Map.of("expressions", 1L, "minMapq", 1L, "excludeFlags", 0L), removed);
  }

  @Test
  void whateverTheTextItIsAnExpressionOrAnErrorOfTheOption() {
    Random random = new Random(5);
    List<String> words =
        List.of(
            "1",
            "0x",
            "e5",
            ".",
            "\"",
            "\"a\"",
            "\\",
            "[NM]",
            "[",
            "]",
            "(",
            ")",
            "length(",
            "seq",
            "qname",
            "flag.dup",
            "pow(",
            ",",
            "&&",
            "||",
            "!",
            "~",
            "=~",
            "\"(a|b)*[^c]{2,3}\"",
            "==",
            "<",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "&",
            "|",
            "^",
            " ",
            "\t",
            "\n",
            "\0",
            "\u00e9",
            "\ud83d\ude00",
            "\ud83d",
            "default(",
            "exists(",
            "[ZZ]",
            "\"[[:alpha:]\"",
            "mapq");
    int valid = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length >= 0; length--) {
        text.append(words.get(random.nextInt(words.size())));
      }
      try {
        RecordFilter filter = filter(text.toString());
        valid++;
        filter.accepts(RECORD, 0);
      } catch (OptionException | BamFormatException documented) {
        // nothing else may be thrown
      }
    }
    assertTrue(valid > 300, valid + " were expressions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "!", "~", "1<", "1==", "1+", "1&&", "exists(", "-"})
  void noTextOverflowsTheStack(String repeated) throws Exception {
    for (int count : new int[] {90, 1_000, 100_000}) {
      try {
        accepts(repeated.repeat(count) + "1");
      } catch (OptionException documented) {
        assertFalse(documented.getMessage().isEmpty());
      }
    }
  }

  private static boolean accepts(String expression) throws BamFormatException {
    return filter(expression).accepts(RECORD, 0);
  }

  private static RecordFilter filter(String expression) {
    return RecordFilters.of(
        RowOptions.defaults().withExpressions(new ArrayList<>(List.of(expression))));
  }
}
