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

/** Discovers the typed tags with the mode of the options. */
record TagDiscovery(List<BamInput> inputs, ReadSettings settings) {
  /**
   * @param types the typed tags
   * @param caseVariants tags that are not typed because a typed tag differs only in case
   */
  record Found(List<TagType> types, List<TagType> caseVariants) {}

  Found find() throws IOException {
    TagOptions tags = settings.options().tags();
    if (tags.mode() == TagsMode.LIST) {
      return new Found(tags.listed(), List.of());
    }
    TagCounts counts = count();
    List<TagType> variants = tags.caseInsensitive() ? counts.caseVariants() : List.of();
    List<TagType> types = counts.types().stream().filter(type -> !variants.contains(type)).toList();
    return new Found(types, variants);
  }

  /** The tags of a sample or of all records; empty if the mode discovers none. */
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
