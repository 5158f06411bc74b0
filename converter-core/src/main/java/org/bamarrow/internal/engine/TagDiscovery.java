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
record TagDiscovery(List<BamInput> inputs, ReadSettings settings) {
  /**
   * @param caseTwins what was found but is not typed, since a typed tag differs only in case
   */
  record Found(List<TagType> types, List<TagType> caseTwins) {}

  Found find() throws IOException {
    TagOptions tags = settings.options().tags();
    if (tags.mode() == TagsMode.LIST) {
      return new Found(tags.listed(), List.of());
    }
    TagCounts counts = count();
    List<TagType> twins = tags.caseInsensitive() ? counts.caseTwins() : List.of();
    List<TagType> types = counts.types().stream().filter(type -> !twins.contains(type)).toList();
    return new Found(types, twins);
  }

  /** The tags of a sample, or of all records; none where none are looked for. */
  TagCounts count() throws IOException {
    return switch (settings.options().tags().mode()) {
      case NONE, LIST -> new TagCounts();
      case AUTO -> sample();
      case SCAN -> scan();
    };
  }

  private TagCounts sample() throws IOException {
    try (BlockInflater inflater = settings.newInflater()) {
      return TagSampler.sample(inputs, inflater, settings.maxRecord());
    }
  }

  private TagCounts scan() throws IOException {
    for (BamInput input : inputs) {
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
    return TagScan.scan(inputs, settings.pipeline(RowOptions.defaults()), settings.workers());
  }
}
