package org.bamarrow.bam;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What bamarrow reads from a header's SAM text (SAM specification 1.3). */
public final class HeaderText {
  private static final Pattern SORT_ORDER =
      Pattern.compile("\\A@HD\\t(?:.*\\t)?SO:([^\\t\\r\\n]+)");

  private HeaderText() {}

  /** The {@code @HD} line's SO, {@code unknown} without one. */
  public static String sortOrder(BamHeader header) {
    byte[] text = header.text();
    int length = Math.min(text.length, 1 << 12); // @HD is the first line
    String start = new String(text, 0, length, StandardCharsets.ISO_8859_1);
    Matcher matcher = SORT_ORDER.matcher(start);
    return matcher.find() ? matcher.group(1) : "unknown";
  }
}
