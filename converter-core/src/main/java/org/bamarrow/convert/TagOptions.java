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
 * How the auxiliary fields are converted (SAM specification 4.2.4).
 *
 * @param mode where the typed tags come from
 * @param listed the typed tags for {@link TagsMode#LIST}, else empty
 * @param other content of the column {@code other_tags}
 * @param failOnMismatch whether a value that does not fit its field is an error; otherwise it goes
 *     to {@code other_tags}
 * @param failOnDuplicate whether a duplicate tag in a record is an error; otherwise the first value
 *     that fits goes to the typed field and the others to {@code other_tags}
 * @param projection which part of the tag columns is written; other than {@link TagProjection#ALL}
 *     only with listed tags or none, since a projection needs the typed tags in advance
 * @param caseInsensitive for readers with case-insensitive names: of tags that differ only in case
 *     (such as {@code XS} and {@code xs}) the most frequent one is typed (of equal counts the first
 *     seen), and the report and a warning name the others; such tags must not be listed together
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
   * Copies the list and checks that the values are consistent.
   *
   * @param mode where the typed tags come from
   * @param listed the typed tags for {@link TagsMode#LIST}, else empty
   * @param other content of the column {@code other_tags}
   * @param failOnMismatch whether a value that does not fit its field is an error; otherwise it
   *     goes to {@code other_tags}
   * @param failOnDuplicate whether a duplicate tag in a record is an error
   * @param projection which part of the tag columns is written
   * @param caseInsensitive for readers with case-insensitive names
   * @throws OptionException if a listed tag is duplicate, tags are listed in another mode than
   *     {@link TagsMode#LIST}, or the projection needs tags that are not listed
   */
  public TagOptions {
    listed = List.copyOf(listed);
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(projection, "projection");
    requireDistinct(listed, caseInsensitive);
    if (mode != TagsMode.LIST && !listed.isEmpty()) {
      throw new OptionException(
          "typed tags are listed, but mode " + mode + " does not take a list");
    }
    if (!projection.isAll() && mode != TagsMode.LIST && mode != TagsMode.NONE) {
      throw new OptionException(
          "a projection of the tag columns requires listed tags, not mode " + mode);
    }
    if (projection.names() != null) {
      List<String> typed = listed.stream().map(TagType::tag).toList();
      for (String name : projection.names()) {
        if (!typed.contains(name)) {
          throw new OptionException(
              "tag '" + name + "' is requested, but the typed tags are " + listed);
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
        throw new OptionException("duplicate tag in " + types);
      }
      if (before != null) {
        throw new OptionException(
            "the tags %s and %s differ only in case, and names are case-insensitive;"
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
   * {@return a copy with another source of the typed tags; the list is cleared except for {@link
   * TagsMode#LIST}}
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
   * {@return a copy in which values that do not fit their field are, or are not, an error}
   *
   * @param value true: an error; false: they go to {@code other_tags}
   */
  public TagOptions withFailOnMismatch(boolean value) {
    return new TagOptions(mode, listed, other, value, failOnDuplicate, projection, caseInsensitive);
  }

  /**
   * {@return a copy in which duplicate tags of a record are, or are not, an error}
   *
   * @param value true: an error; false: all but one go to {@code other_tags}
   */
  public TagOptions withFailOnDuplicate(boolean value) {
    return new TagOptions(mode, listed, other, failOnMismatch, value, projection, caseInsensitive);
  }

  /**
   * {@return a copy that writes another part of the tag columns}
   *
   * @param value which part of the tag columns is written; other than {@link TagProjection#ALL}
   *     only with listed tags or none, since a projection needs the typed tags in advance
   */
  public TagOptions withProjection(TagProjection value) {
    return new TagOptions(
        mode, listed, other, failOnMismatch, failOnDuplicate, value, caseInsensitive);
  }

  /**
   * {@return a copy for readers with case-insensitive, or case-sensitive, names}
   *
   * @param value true: names are case-insensitive
   */
  public TagOptions withCaseInsensitive(boolean value) {
    return new TagOptions(mode, listed, other, failOnMismatch, failOnDuplicate, projection, value);
  }

  /**
   * {@return whether the tags of a valid record can be an error: because an option requires it, or
   * because there is no column for a value that does not fit its typed field}
   */
  public boolean canFail() {
    return failOnMismatch || failOnDuplicate || mode != TagsMode.NONE && other == OtherTags.NONE;
  }

  /** {@return whether the column {@code tags} is written} */
  public boolean emitsTags() {
    return mode != TagsMode.NONE && projection.tags();
  }

  /** {@return whether the column {@code other_tags} is written} */
  public boolean emitsOtherTags() {
    return other != OtherTags.NONE && projection.otherTags();
  }

  /**
   * {@return the fields of the {@code tags} struct in order}
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
