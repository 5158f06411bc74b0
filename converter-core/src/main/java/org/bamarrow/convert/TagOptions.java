package org.bamarrow.convert;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bamarrow.errors.OptionException;

/**
 * What becomes of the auxiliary fields (SAM specification 4.2.4).
 *
 * @param mode where the typed tags come from
 * @param listed the typed tags for {@link TagsMode#LIST}, else empty
 * @param other content of the column {@code other_tags}
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
  /** No tags at all: neither {@code tags} nor {@code other_tags}. */
  public static final TagOptions NONE =
      new TagOptions(
          TagsMode.NONE, List.of(), OtherTags.NONE, false, false, TagProjection.ALL, false);

  private static final TagOptions DEFAULTS =
      new TagOptions(
          TagsMode.AUTO, List.of(), OtherTags.OVERFLOW, false, false, TagProjection.ALL, false);

  /**
   * Copies the list and checks that the parts agree.
   *
   * @param mode where the typed tags come from
   * @param listed the typed tags for {@link TagsMode#LIST}, else empty
   * @param other content of the column {@code other_tags}
   * @param failOnMismatch a value that does not fit its field fails the conversion instead of going
   *     to {@code other_tags}
   * @param failOnDuplicate a duplicate tag of a record fails the conversion
   * @param projection what of it is emitted
   * @param caseInsensitive for readers to whom {@code XS} and {@code xs} are one name
   * @throws OptionException if tags are listed twice or in another mode than {@link TagsMode#LIST},
   *     or the projection needs tags that are not listed
   */
  public TagOptions {
    listed = List.copyOf(listed);
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(projection, "projection");
    requireDistinct(listed, caseInsensitive);
    if (mode != TagsMode.LIST && !listed.isEmpty()) {
      throw new OptionException("tags are listed, but " + mode + " takes no list");
    }
    if (!projection.isAll() && mode != TagsMode.LIST && mode != TagsMode.NONE) {
      throw new OptionException(
          "a part of the tag columns needs the typed tags listed, not found by " + mode);
    }
    if (projection.names() != null) {
      List<String> typed = listed.stream().map(TagType::tag).toList();
      for (String name : projection.names()) {
        if (!typed.contains(name)) {
          throw new OptionException(
              "tag '" + name + "' is asked for, but the typed tags are " + listed);
        }
      }
    }
  }

  private static void requireDistinct(List<TagType> types, boolean caseInsensitive) {
    Map<String, String> names = new HashMap<>();
    for (TagType type : types) {
      String tag = type.tag();
      String before = names.put(caseInsensitive ? tag.toLowerCase(Locale.ROOT) : tag, tag);
      if (tag.equals(before)) {
        throw new OptionException("a tag is listed twice among " + types);
      }
      if (before != null) {
        throw new OptionException(
            "the tags %s and %s differ only in case, and names are read without regard to case;"
                    .formatted(before, tag)
                + " list one of them, the other goes to other_tags");
      }
    }
  }

  /** {@return typed tags found in a sample of the file; the others in {@code other_tags}} */
  public static TagOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another source of the typed tags; but for {@link TagsMode#LIST} none is
   * listed}
   *
   * @param value where the typed tags come from
   */
  public TagOptions withMode(TagsMode value) {
    List<TagType> kept = value == TagsMode.LIST ? listed : List.of();
    return new TagOptions(
        value, kept, other, failOnMismatch, failOnDuplicate, projection, caseInsensitive);
  }

  /**
   * {@return a copy of mode {@link TagsMode#LIST}}
   *
   * @param value the typed tags, in the order of their fields
   */
  public TagOptions withListed(List<TagType> value) {
    return new TagOptions(
        TagsMode.LIST, value, other, failOnMismatch, failOnDuplicate, projection, caseInsensitive);
  }

  /**
   * {@return the same as {@link #withListed(List)}}
   *
   * @param value such as {@code NM:i}, {@code MD:Z} or {@code ML:B:C}, see {@link TagType#parse}
   */
  public TagOptions withListed(String... value) {
    return withListed(Stream.of(value).map(TagType::parse).toList());
  }

  /**
   * {@return a copy with another content of {@code other_tags}}
   *
   * @param value content of the column {@code other_tags}
   */
  public TagOptions withOther(OtherTags value) {
    return new TagOptions(
        mode, listed, value, failOnMismatch, failOnDuplicate, projection, caseInsensitive);
  }

  /**
   * {@return a copy that refuses, or accepts, values that do not fit their field}
   *
   * @param value true: fail; false: they go to {@code other_tags}
   */
  public TagOptions withFailOnMismatch(boolean value) {
    return new TagOptions(mode, listed, other, value, failOnDuplicate, projection, caseInsensitive);
  }

  /**
   * {@return a copy that refuses, or accepts, duplicate tags of a record}
   *
   * @param value true: fail; false: all but one go to {@code other_tags}
   */
  public TagOptions withFailOnDuplicate(boolean value) {
    return new TagOptions(mode, listed, other, failOnMismatch, value, projection, caseInsensitive);
  }

  /**
   * {@return a copy that emits another part of the tag columns}
   *
   * @param value what of it is emitted; other than {@link TagProjection#ALL} only where no tags
   *     have to be found, since who projects must know which tags are typed
   */
  public TagOptions withProjection(TagProjection value) {
    return new TagOptions(
        mode, listed, other, failOnMismatch, failOnDuplicate, value, caseInsensitive);
  }

  /**
   * {@return a copy for readers that do, or do not, distinguish {@code XS} and {@code xs}}
   *
   * @param value true: to them they are one name
   */
  public TagOptions withCaseInsensitive(boolean value) {
    return new TagOptions(mode, listed, other, failOnMismatch, failOnDuplicate, projection, value);
  }

  /**
   * {@return whether a sound record can be an error for what its tags are: by the options that say
   * so, or because a typed tag's value has no other place}
   */
  public boolean canFail() {
    return failOnMismatch || failOnDuplicate || mode != TagsMode.NONE && other == OtherTags.NONE;
  }

  /** {@return whether there is a column {@code tags}} */
  public boolean emitsTags() {
    return mode != TagsMode.NONE && projection.tags();
  }

  /** {@return whether there is a column {@code other_tags}} */
  public boolean emitsOtherTags() {
    return other != OtherTags.NONE && projection.otherTags();
  }

  /**
   * {@return the fields of the {@code tags} struct in their order}
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
