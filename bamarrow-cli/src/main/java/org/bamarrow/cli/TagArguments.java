package org.bamarrow.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Sentence;
import picocli.CommandLine.Option;

/** Options for tags; a mixin. Invalid values are an IllegalArgumentException. */
final class TagArguments {
  @Option(
      names = "--tags",
      paramLabel = "TAGS",
      description =
          "Fields of the tags column: auto (from a sample of the file), none, scan (from"
              + " reading the whole file first) or a list such as NM:i,MD:Z,ML:B:C (default:"
              + " auto; none with --columns or --profile).")
  private String tags;

  @Option(
      names = "--other-tags",
      paramLabel = "WHICH",
      converter = Others.class,
      completionCandidates = Others.class,
      description =
          "Contents of the other_tags map: overflow (tags without a field in tags, or of"
              + " another type), none or all (default: overflow; none with --columns or"
              + " --profile).")
  private OtherTags other;

  @Option(
      names = "--on-tag-mismatch",
      paramLabel = "WHAT",
      converter = Misfits.class,
      completionCandidates = Misfits.class,
      description =
          "Value of another type than its field in tags: other (it goes to other_tags) or"
              + " fail (default: other).")
  private String onMismatch;

  @Option(
      names = "--on-duplicate-tag",
      paramLabel = "WHAT",
      converter = Misfits.class,
      completionCandidates = Misfits.class,
      description =
          "Duplicate tag in a record: other (the second goes to other_tags) or fail"
              + " (default: other).")
  private String onDuplicate;

  TagOptions toTagOptions(ColumnArguments columns) {
    TagsMode mode = mode(columns);
    OtherTags others = others(columns, mode);
    if (columns.toColumnOptions().profile() == ColumnProfile.ROGTK
        && (mode != TagsMode.NONE || others != OtherTags.NONE)) {
      throw new OptionException(
          OptionKey.PROFILE.setTo("rogtk"), " has no tags; omit ", OptionKey.TAGS);
    }
    TagOptions typed =
        mode == TagsMode.LIST
            ? TagOptions.defaults().withListed(list())
            : TagOptions.defaults().withMode(mode);
    return typed
        .withOther(others)
        .withFailOnMismatch("fail".equals(onMismatch))
        .withFailOnDuplicate("fail".equals(onDuplicate));
  }

  private TagsMode mode(ColumnArguments columns) {
    if (tags == null) {
      return columns.chosen() && !columns.names("tags") ? TagsMode.NONE : TagsMode.AUTO;
    }
    TagsMode mode =
        switch (tags) {
          case "auto" -> TagsMode.AUTO;
          case "none" -> TagsMode.NONE;
          case "scan" -> TagsMode.SCAN;
          default -> TagsMode.LIST;
        };
    if (mode == TagsMode.NONE && columns.names("tags")) {
      throw new OptionException(
          OptionKey.TAGS.setTo("none"), " conflicts with tags in ", OptionKey.COLUMNS);
    }
    return mode;
  }

  private OtherTags others(ColumnArguments columns, TagsMode mode) {
    if (other == null) {
      boolean asked = !columns.chosen() || columns.names("other_tags");
      return asked ? OtherTags.OVERFLOW : OtherTags.NONE;
    }
    if (other == OtherTags.NONE && columns.names("other_tags")) {
      throw new OptionException(
          OptionKey.OTHER_TAGS.setTo("none"), " conflicts with other_tags in ", OptionKey.COLUMNS);
    }
    return other;
  }

  /** The fields of {@code tags} of Arrow data that are listed; null: all. */
  List<TagType> listedOfArrow(ColumnArguments columns) {
    TagsMode mode = tags == null ? TagsMode.NONE : mode(columns);
    if (mode == TagsMode.AUTO || mode == TagsMode.SCAN) {
      throw new OptionException(
          OptionKey.TAGS.setTo(tags), " applies to BAMs only; list tags that the Arrow data have");
    }
    return mode == TagsMode.LIST ? list() : null;
  }

  /** The columns of Arrow data that are left out. */
  Set<String> omittedOfArrow(ColumnArguments columns) {
    if (other != null && others(columns, TagsMode.NONE) != OtherTags.NONE) {
      throw new OptionException(
          OptionKey.OTHER_TAGS.setTo(other.name().toLowerCase(Locale.ROOT)),
          " applies to BAMs only; of Arrow data the column is kept as it is, or left out with ",
          OptionKey.OTHER_TAGS.setTo("none"));
    }
    Set<String> omitted = new HashSet<>();
    if ("none".equals(tags)) {
      omitted.add("tags");
    }
    if (other == OtherTags.NONE) {
      omitted.add("other_tags");
    }
    return omitted;
  }

  private List<TagType> list() {
    List<TagType> types = new ArrayList<>();
    for (String word : tags.split(",", -1)) {
      try {
        TagType type = TagType.parse(word);
        if (types.stream().anyMatch(before -> before.tag().equals(type.tag()))) {
          throw new IllegalArgumentException("duplicate tag " + type.tag());
        }
        types.add(type);
      } catch (IllegalArgumentException e) {
        String hint = tags.contains(":") ? "" : " (nor auto, none or scan)";
        throw new OptionException(Sentence.of(OptionKey.TAGS, ": " + e.getMessage() + hint), e);
      }
    }
    return types;
  }

  static final class Others extends ChoiceConverter<OtherTags> {
    Others() {
      super(OtherTags.values());
    }
  }

  static final class Misfits extends ChoiceConverter<String> {
    Misfits() {
      super("other", "fail");
    }
  }
}
