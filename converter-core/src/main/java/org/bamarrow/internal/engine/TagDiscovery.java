package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.List;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.column.TagCounts;
import org.bamarrow.internal.read.BamInput;

/** Finds the typed tags, as the options say. */
final class TagDiscovery {
  /**
   * @param caseTwins what was found but is not typed, since a typed tag differs only in case
   */
  record Found(List<TagType> types, List<TagType> caseTwins) {}

  private TagDiscovery() {}

  static Found find(Conversion conversion) throws IOException {
    TagOptions tags = conversion.options().tags();
    if (tags.mode() == TagsMode.LIST) {
      return new Found(tags.listed(), List.of());
    }
    return found(count(conversion), tags);
  }

  /** The tags of a sample, or of all records; none where none are looked for. */
  static TagCounts count(Conversion conversion) throws IOException {
    return switch (conversion.options().tags().mode()) {
      case NONE, LIST -> new TagCounts();
      case AUTO -> sample(conversion);
      case SCAN -> scan(conversion);
    };
  }

  private static Found found(TagCounts counts, TagOptions tags) {
    List<TagType> twins = tags.caseInsensitive() ? counts.caseTwins() : List.of();
    List<TagType> types = counts.types().stream().filter(type -> !twins.contains(type)).toList();
    return new Found(types, twins);
  }

  private static TagCounts sample(Conversion conversion) throws IOException {
    try (BlockInflater inflater = conversion.newInflater()) {
      return TagSampler.sample(conversion.inputs(), inflater, conversion.maxRecord());
    }
  }

  private static TagCounts scan(Conversion conversion) throws IOException {
    for (BamInput input : conversion.inputs()) {
      if (input.source().size() < 0) {
        throw new OptionException(
            OptionKey.TAGS.setTo("scan"),
            " reads the input twice, which ",
            input.source().name(),
            " does not allow; use ",
            OptionKey.TAGS.setTo("auto"),
            " or list the tags");
      }
    }
    return TagScan.scan(
        conversion.inputs(), conversion.settings(RowOptions.defaults()), conversion.workers());
  }
}
