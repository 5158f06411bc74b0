package org.bamarrow.convert;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of the auxiliary fields (SAM specification 4.2.4).
 *
 * @param listed the typed tags for {@link TagsMode#LIST}, else empty
 * @param failOnMismatch a value that does not fit its field fails the conversion instead of going
 *     to {@code other_tags}
 * @param failOnDuplicate a duplicate tag in a record fails the conversion; otherwise the first that
 *     fits is typed and the others go to {@code other_tags}
 * @param projection what of it is emitted; other than {@link TagProjection#ALL} only where no tags
 *     have to be found, since who projects must know which tags are typed
 * @param caseInsensitive for readers to whom {@code XS} and {@code xs} are one name: of tags that
 *     differ only in case the one that most fields have is typed (of equals that seen first), and
 *     the report and a warning tell the others; such tags may not be listed together
 */
public record TagOptions(
    TagsMode mode,
    List<TagType> listed,
    OtherTags other,
    boolean failOnMismatch,
    boolean failOnDuplicate,
    TagProjection projection,
    boolean caseInsensitive)
    implements Serializable {
  public static final TagOptions DEFAULT =
      new TagOptions(TagsMode.AUTO, List.of(), OtherTags.OVERFLOW, false, false);
  public static final TagOptions NONE =
      new TagOptions(TagsMode.NONE, List.of(), OtherTags.NONE, false, false);

  public TagOptions {
    listed = List.copyOf(listed);
    requireDistinct(listed, caseInsensitive);
    if (mode != TagsMode.LIST && !listed.isEmpty()) {
      throw new IllegalArgumentException("tags are listed, but " + mode + " takes no list");
    }
    if (!projection.isAll() && mode != TagsMode.LIST && mode != TagsMode.NONE) {
      throw new IllegalArgumentException(
          "a part of the tag columns needs the typed tags listed, not found by " + mode);
    }
    if (projection.names() != null) {
      List<String> typed = listed.stream().map(TagType::tag).toList();
      for (String name : projection.names()) {
        if (!typed.contains(name)) {
          throw new IllegalArgumentException(
              "tag '" + name + "' is asked for, but the typed tags are " + listed);
        }
      }
    }
  }

  /** Every column emitted, case-sensitive. */
  public TagOptions(
      TagsMode mode,
      List<TagType> listed,
      OtherTags other,
      boolean failOnMismatch,
      boolean failOnDuplicate) {
    this(mode, listed, other, failOnMismatch, failOnDuplicate, TagProjection.ALL, false);
  }

  private static void requireDistinct(List<TagType> types, boolean caseInsensitive) {
    Map<String, String> names = new HashMap<>();
    for (TagType type : types) {
      String tag = type.tag();
      String before = names.put(caseInsensitive ? tag.toLowerCase(Locale.ROOT) : tag, tag);
      if (tag.equals(before)) {
        throw new IllegalArgumentException("a tag is listed twice among " + types);
      }
      if (before != null) {
        throw new IllegalArgumentException(
            "the tags %s and %s differ only in case, and names are read without regard to case;"
                    .formatted(before, tag)
                + " list one of them, the other goes to other_tags");
      }
    }
  }

  public TagOptions with(TagProjection value) {
    return new TagOptions(
        mode, listed, other, failOnMismatch, failOnDuplicate, value, caseInsensitive);
  }

  public TagOptions withCaseInsensitive(boolean value) {
    return new TagOptions(mode, listed, other, failOnMismatch, failOnDuplicate, projection, value);
  }

  /**
   * Whether a sound record can be an error for what its tags are: by the options that say so, or
   * because a typed tag's value has no other place.
   */
  public boolean canFail() {
    return failOnMismatch || failOnDuplicate || mode != TagsMode.NONE && other == OtherTags.NONE;
  }

  /** Whether there is a column {@code tags}. */
  public boolean emitsTags() {
    return mode != TagsMode.NONE && projection.tags();
  }

  /** Whether there is a column {@code other_tags}. */
  public boolean emitsOtherTags() {
    return other != OtherTags.NONE && projection.otherTags();
  }

  /**
   * The fields of the {@code tags} struct in their order.
   *
   * @param typed the typed tags, as listed or found
   */
  public List<TagType> fields(List<TagType> typed) {
    if (!emitsTags()) {
      return List.of();
    }
    return projection.names() == null
        ? typed
        : projection.names().stream().map(this::listed).toList();
  }

  private TagType listed(String tag) {
    return listed.stream().filter(type -> type.tag().equals(tag)).findFirst().orElseThrow();
  }
}
