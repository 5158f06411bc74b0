package org.bamarrow.internal.bam;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a header's SAM text (SAM specification 1.3).
 *
 * @param number 1-based, including empty lines
 * @param type the two letters after {@code @}; empty if it is not a header line
 * @param fields values by their two-letter names, in order, the first of duplicates; empty for
 *     {@code @CO}
 * @param text the line without its terminator
 */
public record HeaderLine(int number, String type, Map<String, String> fields, String text) {
  /**
   * The lines that are not empty.
   *
   * @param latin1 whether text that is not UTF-8 is decoded as Latin-1
   * @return null if the text is not UTF-8 and {@code latin1} is false
   */
  public static List<HeaderLine> of(BamHeader header, boolean latin1) {
    byte[] bytes = header.text();
    String text = Texts.utf8OrNull(bytes, 0, bytes.length);
    if (text == null) {
      if (!latin1) {
        return null;
      }
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    }
    List<HeaderLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isEmpty()) {
        lines.add(parse(number, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
      }
    }
    return lines;
  }

  /**
   * A field of a header line; the first of duplicate fields, as in samtools and htsjdk.
   *
   * @param line the line, including its type
   * @param name two letters, such as SM
   * @return null if there is none
   */
  static String field(String line, String name) {
    int at = -1;
    while ((at = line.indexOf('\t', at + 1)) >= 0) {
      if (line.startsWith(name, at + 1) && line.startsWith(":", at + 3)) {
        int end = line.indexOf('\t', at + 1);
        return line.substring(at + 4, end < 0 ? line.length() : end);
      }
    }
    return null;
  }

  private static HeaderLine parse(int number, String line) {
    boolean shaped = line.matches("(?s)@[A-Za-z][A-Za-z](\\t.*)?");
    String type = shaped ? line.substring(1, 3) : "";
    Map<String, String> fields = new LinkedHashMap<>();
    if (shaped && !type.equals("CO")) {
      for (String part : line.split("\t")) {
        if (part.length() > 2 && part.charAt(2) == ':') {
          fields.putIfAbsent(part.substring(0, 2), part.substring(3));
        }
      }
    }
    return new HeaderLine(number, type, Collections.unmodifiableMap(fields), line);
  }
}
