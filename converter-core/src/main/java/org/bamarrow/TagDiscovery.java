package org.bamarrow;

import java.io.IOException;
import java.util.List;

/** Finds the typed fields of the {@code tags} column, as the options say. */
final class TagDiscovery {
  private TagDiscovery() {}

  static List<TagType> find(Conversion conversion) throws IOException {
    TagOptions tags = conversion.options().tags();
    return switch (tags.mode()) {
      case NONE -> List.of();
      case LIST -> tags.listed();
      case AUTO, SCAN -> List.of();
    };
  }
}
