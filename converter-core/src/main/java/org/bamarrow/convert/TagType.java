package org.bamarrow.convert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;

/**
 * A tag with the type of its column, written {@code XX:t} or {@code XX:B:t} as in the SAM
 * specification (1.5): A, i (every integer width), f, Z, H, B with subtype c C s S i I f.
 *
 * @param tag its two-character name
 * @param type one of {@code A i f Z H B}
 * @param subtype one of {@code c C s S i I f} for type B, else 0
 */
public record TagType(String tag, char type, char subtype) implements Serializable {
  /**
   * Checks name and type against the specification.
   *
   * @param tag its two-character name
   * @param type one of {@code A i f Z H B}
   * @param subtype one of {@code c C s S i I f} for type B, else 0
   */
  public TagType {
    if (!tag.matches("[A-Za-z][A-Za-z0-9]")) {
      throw new IllegalArgumentException(
          "'" + tag + "' is not a valid tag: it must be a letter followed by a letter or digit");
    }
    boolean array = type == 'B';
    if ("AifZHB".indexOf(type) < 0
        || array != (subtype != 0)
        || array && "cCsSiIf".indexOf(subtype) < 0) {
      throw new IllegalArgumentException(
          "'"
              + tag
              + "' has an invalid type: it must be one of A, i, f, Z, H, B:c, B:C, B:s, B:S, B:i,"
              + " B:I, B:f");
    }
  }

  /**
   * Parses {@code NM:i} or {@code ML:B:C}; c, C, s, S and I mean i.
   *
   * @param text name and type
   * @return the tag with its type
   */
  @JsonCreator
  public static TagType parse(String text) {
    String[] parts = text.split(":", -1);
    boolean array = parts.length == 3 && parts[1].equals("B") && parts[2].length() == 1;
    if (!array && (parts.length != 2 || parts[1].length() != 1)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not TAG:TYPE, such as NM:i, MD:Z or ML:B:C");
    }
    char type = parts[1].charAt(0);
    return new TagType(
        parts[0], "cCsSI".indexOf(type) >= 0 ? 'i' : type, array ? parts[2].charAt(0) : 0);
  }

  @JsonValue
  @Override
  public String toString() {
    return tag + ":" + type + (type == 'B' ? ":" + subtype : "");
  }
}
