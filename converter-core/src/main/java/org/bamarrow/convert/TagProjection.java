package org.bamarrow.convert;

import java.io.Serializable;
import java.util.List;

/**
 * Which part of the tag columns is emitted, apart from which tags are typed: what is emitted holds
 * the same values whatever else is, and what is not emitted is not decoded. {@code failOnMismatch}
 * and {@code failOnDuplicate} look at the tags that are emitted, which is every tag where {@code
 * other_tags} is. Broken fields are an error where any tag is emitted.
 *
 * @param names the fields of the {@code tags} struct in their order; null: every typed tag
 * @param tags whether the struct is emitted, where {@link TagOptions#mode} gives one
 * @param otherTags whether the map is emitted, where {@link TagOptions#other} gives one
 */
public record TagProjection(List<String> names, boolean tags, boolean otherTags)
    implements Serializable {
  /** Both columns with every field. */
  public static final TagProjection ALL = new TagProjection(null, true, true);

  /**
   * Copies the list and checks that the parts agree.
   *
   * @param names the fields of the {@code tags} struct in their order
   * @param tags whether the struct is emitted, where {@link TagOptions#mode} gives one
   * @param otherTags whether the map is emitted, where {@link TagOptions#other} gives one
   */
  public TagProjection {
    names = names == null ? null : List.copyOf(names);
    if (names != null && !tags) {
      throw new IllegalArgumentException("fields of tags are asked for, but not the struct");
    }
    if (names != null && names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("a tag is asked for twice among " + names);
    }
  }

  /** Whether every column and field is emitted; as {@link RowOptions#filters}, without linking. */
  boolean isAll() {
    return names == null && tags && otherTags;
  }
}
