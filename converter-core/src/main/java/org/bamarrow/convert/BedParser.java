package org.bamarrow.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.TextLines;

/**
 * Parses BED files like samtools' {@code bed_read}, but stricter: samtools reads the leading digits
 * of a number and ignores the rest of the line, so that it reads {@code chr1 100.0 200.0} as
 * position 100. Here that is an error.
 */
final class BedParser {
  /**
   * A name and up to two more fields, each with the white space before it; further columns are
   * ignored.
   */
  private static final Pattern LINE =
      Pattern.compile("\\s*+(\\S++)(?:(\\s++)(\\S++))?+(?:(\\s++)(\\S++))?+.*", Pattern.DOTALL);

  private static final Pattern EMPTY_FIELD = Pattern.compile("\\t[^\\t]*+\\t");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final int MAX_DIGITS = 18;
  private static final int MAX_SHOWN = 80;

  private final String file;
  private final TextLines lines;
  private final Map<String, Intervals.Builder> builders = new HashMap<>();

  private BedParser(InputStream text, String file) {
    this.lines = new TextLines(text);
    this.file = file;
  }

  static Regions read(InputStream text, String file) throws IOException {
    BedParser parser = new BedParser(text, file);
    while (parser.lines.next()) {
      parser.add(parser.lines.latin1());
    }
    return Regions.built(parser.builders, false);
  }

  private void add(String line) throws BamFormatException {
    Matcher fields = LINE.matcher(line);
    if (!fields.matches() || fields.group(1).startsWith("#")) {
      return; // blank line, or a comment in any encoding
    }
    String name = fields.group(1);
    String first = fields.group(3);
    String second = fields.group(5);
    boolean words = first == null || !Character.isDigit(first.charAt(0));
    if (words && (name.equals("track") || name.equals("browser"))) {
      return;
    }
    boolean whole = !lines.isCut() || second != null && fields.end(5) < line.length();
    if (!whole || isEmptyField(fields.group(2)) || isEmptyField(fields.group(4))) {
      throw notBed(line);
    }
    long start = number(first);
    long end = second == null ? start : number(second);
    if (second == null) {
      start--; // NAME POS: a 1-based position
    }
    if (start < 0 || start > end) {
      throw notBed(line);
    }
    builders.computeIfAbsent(utf8(name), any -> new Intervals.Builder()).add(start + 1, end);
  }

  /**
   * Whether there is an empty field between two TABs, for which samtools would take the next field.
   */
  private static boolean isEmptyField(String space) {
    return space != null && EMPTY_FIELD.matcher(space).find();
  }

  /**
   * -1 if it is not a number; larger ones than a long holds are past the end of every reference.
   */
  private static long number(String field) {
    if (field == null || !NUMBER.matcher(field).matches()) {
      return -1;
    }
    return field.length() > MAX_DIGITS ? Long.MAX_VALUE - 1 : Long.parseLong(field);
  }

  private String utf8(String name) throws BamFormatException {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw error(
          "the reference name in line " + lines.number() + " is not UTF-8",
          "convert the file to UTF-8");
    }
  }

  private BamFormatException notBed(String line) {
    String shown =
        line.substring(0, Math.min(MAX_SHOWN, line.length())).replaceAll("\\p{Cntrl}", " ");
    return error(
        String.format(
            "line %d is not NAME START END with whole numbers 0 <= START <= END, nor NAME POS:"
                + " '%s'",
            lines.number(),
            new String(shown.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)),
        "correct the line or comment it out with #");
  }

  private BamFormatException error(String problem, String remedy) {
    return new BamFormatException(file, BamFormatException.UNKNOWN, problem, remedy);
  }
}
