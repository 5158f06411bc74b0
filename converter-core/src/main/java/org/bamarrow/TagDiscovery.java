package org.bamarrow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.bgzf.BlockInflater;
import org.bamarrow.read.BamInput;
import org.bamarrow.read.TagSampler;
import org.bamarrow.read.TagScan;

/** Finds the typed fields of the {@code tags} column, as the options say. */
final class TagDiscovery {
  private TagDiscovery() {}

  static List<TagType> find(Conversion conversion) throws IOException {
    TagOptions tags = conversion.options().tags();
    return switch (tags.mode()) {
      case NONE -> List.of();
      case LIST -> tags.listed();
      case AUTO -> sample(conversion);
      case SCAN -> scan(conversion);
    };
  }

  /** The tags of all inputs; the first input that shows a tag decides its type. */
  private static List<TagType> sample(Conversion conversion) throws IOException {
    Map<String, TagType> found = new LinkedHashMap<>();
    try (BlockInflater inflater = conversion.newInflater()) {
      for (BamInput input : conversion.inputs()) {
        for (TagType type : TagSampler.sample(input, inflater, conversion.maxRecord())) {
          found.putIfAbsent(type.tag(), type);
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  private static List<TagType> scan(Conversion conversion) throws IOException {
    for (BamInput input : conversion.inputs()) {
      if (input.source().size() < 0) {
        throw new IllegalArgumentException(
            "--tags scan reads the input twice, which "
                + input.source().name()
                + " does not allow; use --tags auto or list the tags");
      }
    }
    return TagScan.scan(
        conversion.inputs(), conversion.settings(RowOptions.ALL), conversion.workers());
  }
}
