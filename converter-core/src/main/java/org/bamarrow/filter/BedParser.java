package org.bamarrow.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.BamFormatException;

/** Lines of a BED file by the rules of samtools' bed_read. */
final class BedParser {
  /** A name, then up to two numbers; whatever follows a number's digits is ignored. */
  private static final Pattern LINE =
      Pattern.compile("\\s*(\\S+)(?:\\s+(\\d+)(?:\\s+(\\d+))?.*)?.*", Pattern.DOTALL);

  private static final int MOST_DIGITS = 18;

  private BedParser() {}

  static Regions read(BufferedReader text, String file) throws IOException {
    Map<String, Intervals.Builder> builders = new HashMap<>();
    int number = 0;
    for (String line; (line = text.readLine()) != null; ) {
      number++;
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        add(line, builders, file, number);
      }
    }
    return Regions.built(builders, false);
  }

  /** What exceeds a long is beyond every reference, as the greatest long is. */
  private static long number(String digits) {
    return digits.length() > MOST_DIGITS ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
  }

  private static void add(
      String line, Map<String, Intervals.Builder> builders, String file, int number)
      throws BamFormatException {
    Matcher matcher = LINE.matcher(line);
    boolean matches = matcher.matches();
    String name = matches ? matcher.group(1) : "";
    String first = matches ? matcher.group(2) : null;
    String second = matches ? matcher.group(3) : null;
    long start = first == null ? -1 : number(first);
    long end = second == null ? start : number(second);
    if (second == null) {
      start--; // a lone number is a 1-based position
    }
    if (start >= 0 && start <= end) {
      Intervals.Builder builder = builders.computeIfAbsent(name, any -> new Intervals.Builder());
      builder.add(start + 1, end);
    } else if (!name.equals("track") && !name.equals("browser")) {
      throw new BamFormatException(
          file,
          BamFormatException.UNKNOWN,
          "line " + number + " is not NAME START END with 0 <= START <= END: '" + line + "'",
          "mend the line or put # in front of it");
    }
  }
}
