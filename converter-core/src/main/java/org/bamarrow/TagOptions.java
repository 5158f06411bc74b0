package org.bamarrow;

import java.util.List;

/**
 * What becomes of the auxiliary fields (SAM specification 4.2.4).
 *
 * @param listed the fields of the {@code tags} struct for {@link TagsMode#LIST}, else empty
 * @param failOnMismatch a value that does not fit its field fails the conversion instead of going
 *     to {@code other_tags}
 * @param failOnDuplicate a tag that stands twice in a record fails the conversion; otherwise the
 *     first is typed and the others go to {@code other_tags}
 */
public record TagOptions(
    TagsMode mode,
    List<TagType> listed,
    OtherTags other,
    boolean failOnMismatch,
    boolean failOnDuplicate) {
  public static final TagOptions DEFAULT =
      new TagOptions(TagsMode.AUTO, List.of(), OtherTags.OVERFLOW, false, false);
  public static final TagOptions NONE =
      new TagOptions(TagsMode.NONE, List.of(), OtherTags.NONE, false, false);

  public TagOptions {
    listed = List.copyOf(listed);
    if (listed.stream().map(TagType::tag).distinct().count() < listed.size()) {
      throw new IllegalArgumentException("a tag is listed twice among " + listed);
    }
  }
}
