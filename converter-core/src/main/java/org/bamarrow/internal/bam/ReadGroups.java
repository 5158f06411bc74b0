package org.bamarrow.internal.bam;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The {@code @RG} lines of a header's SAM text (SAM specification 1.3). */
public final class ReadGroups {
  private ReadGroups() {}

  /**
   * The values of one field by read group ID; of duplicate IDs and duplicate fields the first is
   * used. IDs are decoded as Latin-1, so that the bytes of any RG tag can be looked up; values are
   * the unchanged bytes.
   *
   * @param field two letters, such as SM or LB
   */
  public static Map<String, byte[]> fields(BamHeader header, String field) {
    Map<String, byte[]> first = new HashMap<>();
    for (String line : header.sam().lines("@RG")) {
      String id = HeaderLine.field(line, "ID");
      if (id != null && !first.containsKey(id)) {
        String value = HeaderLine.field(line, field);
        first.put(id, value == null ? null : value.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    first.values().removeIf(value -> value == null);
    return first;
  }
}
