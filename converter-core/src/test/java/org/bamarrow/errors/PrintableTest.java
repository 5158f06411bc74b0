package org.bamarrow.errors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void controlCharactersAreEscaped() {
    assertEquals("a\\x1b]0;x\\x07b", Printable.name("a\u001b]0;x\u0007b"));
    assertEquals("two\\x0alines\\x09\\x0d\\x00", Printable.name("two\nlines\t\r\0"));
    assertEquals(
        "\\x9b\\x7f\\u{202e}\\u{2028}\\u{d800}", Printable.name("\u009b\u007f\u202e\u2028\ud800"));
    assertEquals("Gänse 鶴 𝔸", Printable.name("Gänse 鶴 𝔸"));
  }

  @Test
  void lengthIsBounded() {
    assertEquals("a".repeat(80), Printable.name("a".repeat(80)));
    assertEquals("a".repeat(79) + "…", Printable.name("a".repeat(81)));
    assertEquals("aaa…", Printable.line("aaa\u001b", 4));
    assertEquals(2000, Printable.message("x".repeat(1 << 20)).length());
  }

  @Test
  void bytesAreUtf8OrElseLatin1() {
    byte[] text = "xäy".getBytes(UTF_8);
    assertEquals("ä", Printable.name(text, 1, 3));
    assertEquals("xÃ", Printable.name(text, 0, 2));
  }

  @Test
  void onlyTabsAndLineFeedsAreKeptForATerminal() {
    assertEquals("a\tb\n\\x1b[31m\\x7f ä", escapeControls("a\tb\n\u001b[31m\u007f ä"));
    assertEquals("\u00c2".length() + 4, new String(safe("\u009b"), UTF_8).length());
  }

  private static String escapeControls(String text) {
    return new String(safe(text), UTF_8);
  }

  private static byte[] safe(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Printable.escapeControls(bytes, 0, bytes.length);
  }
}
