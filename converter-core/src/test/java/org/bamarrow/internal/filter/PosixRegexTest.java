package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosixRegexTest {
  @ParameterizedTest
  @CsvSource({
    "[[:digit:]]+$,ab12,true",
    "^[^[:alpha:]_]+$,12-3,true",
    "^[^[:alpha:]_]+$,1a,false",
    "[]a]b,]b,true",
    "[^]a]b,]b,false",
    "[a-],-,true",
    "[\\.],\\,true",
    "\\.,a,false",
    "a{2}$,aa,true",
    "^a{2}$,aaa,false",
    "^a{2}b{0}$,aa,true",
    "^(ab|c)*$,ababc,true",
    "^(a|)b$,b,true",
    "^()$,'',true",
    "a^b,a^b,false",
    "(^a|b$),xb,true",
    "a|b|,'',true",
    "x*,'',true",
    "}],x}],true"
  })
  void matchesAsPosixSays(String pattern, String text, boolean matches) {
    assertEquals(matches, find(new PosixRegex(bytes(pattern)), text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a**",
        "a|*b",
        "(+a)",
        "^*",
        "(",
        ")",
        "a)",
        "[",
        "[]",
        "[b-a]",
        "[[:foo:]]",
        "[[:alpha:",
        "[[.a.]]",
        "[[=a=]]",
        "\\",
        "\\d",
        "\\1",
        "\\<",
        "\\>",
        "\\`",
        "\\'",
        "a{",
        "a{x}",
        "a{2,1}",
        "a{,2}",
        "a{1",
        "a{40000}",
        "(((a{100}){100}){100}){100}"
      })
  void whatPosixDoesNotDefineIsAnError(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> new PosixRegex(bytes(pattern)));
  }

  @Test
  void randomExpressionsFindWhatJavaFinds() {
    Random random = new Random(3);
    int found = 0;
    for (int i = 0; i < 3_000; i++) {
      String pattern = expression(random, 3);
      PosixRegex posix = new PosixRegex(bytes(pattern));
      Pattern java = Pattern.compile(pattern.replace("$", "\\z"), Pattern.DOTALL);
      for (int j = 0; j < 10; j++) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
          text.append((char) ('a' + random.nextInt(3)));
        }
        boolean expected = java.matcher(text).find();
        assertEquals(expected, find(posix, text.toString()), pattern + " in " + text);
        found += expected ? 1 : 0;
      }
    }
    assertTrue(found > 3_000 && found < 27_000, found + " of 30000");
  }

  private static String expression(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 5 : 12);
    String[] atoms = {"a", "b", "[ab]", "[^b]", "."};
    String[] counts = {"*", "+", "?", "{2}", "{1,3}", "{2,}"};
    return switch (kind) {
      case 0, 1, 2, 3, 4 -> atoms[kind];
      case 5, 6 -> expression(random, depth - 1) + expression(random, depth - 1);
      case 7 -> "(" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
      case 8 -> "(" + expression(random, depth - 1) + ")" + counts[random.nextInt(counts.length)];
      case 9 -> "^" + expression(random, depth - 1);
      case 10 -> expression(random, depth - 1) + "$";
      default -> "(" + expression(random, depth - 1) + ")";
    };
  }

  @Test
  void textOfAnyLengthAndNestedRepetitionsAreNoProblem() {
    byte[] text = "ab".repeat(500_000).getBytes(StandardCharsets.US_ASCII);
    PosixRegex regex = new PosixRegex(bytes("^((a|b)*)*c$"));
    assertFalse(regex.find(text, 0, text.length));
    assertTrue(new PosixRegex(bytes("^(ab)*$")).find(text, 0, text.length));
  }

  @Test
  void manyStatesAreForgottenAndFoundAgain() {
    Random random = new Random(9);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    // the state knows the last 15 letters, so that there are more states than are kept
    String pattern = "a.{14}b$";
    PosixRegex regex = new PosixRegex(bytes(pattern));
    for (int end = 19_000; end < 20_000; end += 100) {
      String head = text.substring(0, end);
      assertEquals(head.charAt(end - 16) == 'a' && head.endsWith("b"), find(regex, head));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean find(PosixRegex regex, String text) {
    byte[] bytes = bytes("xx" + text + "xx");
    return regex.find(bytes, 2, bytes.length - 2);
  }
}
