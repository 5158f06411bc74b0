package org.bamarrow;

import java.io.IOException;
import java.util.List;
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

  private static List<TagType> sample(Conversion conversion) throws IOException {
    try (BlockInflater inflater = conversion.newInflater()) {
      return TagSampler.sample(conversion.inputs(), inflater, conversion.maxRecord());
    }
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
