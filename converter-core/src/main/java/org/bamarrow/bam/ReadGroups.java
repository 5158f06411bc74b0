package org.bamarrow.bam;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The {@code @RG} lines of a header's SAM text (SAM specification 1.3). */
public final class ReadGroups {
  private ReadGroups() {}

  /**
   * The values of one field by read group id; the first line of an id counts. Ids are decoded as
   * Latin-1, one character a byte, so that the bytes of any RG tag can be looked up; values are the
   * bytes as they stand.
   *
   * @param field two letters, such as SM or LB
   */
  public static Map<String, byte[]> fields(BamHeader header, String field) {
    Map<String, byte[]> values = new HashMap<>();
    String text = new String(header.text(), StandardCharsets.ISO_8859_1);
    for (String line : text.split("\n")) {
      if (!line.startsWith("@RG\t")) {
        continue;
      }
      String id = null;
      byte[] value = null;
      String fields = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      for (String part : fields.split("\t")) {
        if (part.startsWith("ID:")) {
          id = part.substring(3);
        } else if (part.startsWith(field + ":")) {
          value = part.substring(3).getBytes(StandardCharsets.ISO_8859_1);
        }
      }
      if (id != null && value != null) {
        values.putIfAbsent(id, value);
      }
    }
    return values;
  }
}
