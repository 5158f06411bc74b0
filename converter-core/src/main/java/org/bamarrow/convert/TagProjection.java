package org.bamarrow.convert;

import java.io.Serializable;
import java.util.List;

/**
 * Which part of the tag columns is written, independent of which tags are typed: a column has the
 * same values whichever others are written, and columns that are not written are not decoded.
 * {@code failOnMismatch} and {@code failOnDuplicate} apply to the tags that are written, which are
 * all tags if {@code other_tags} is. Invalid fields are an error if any tag is written.
 *
 * @param names the fields of the {@code tags} struct in order; null: every typed tag
 * @param tags whether the struct is written, if {@link TagOptions#mode} has one
 * @param otherTags whether the map is written, if {@link TagOptions#other} has one
 */
public record TagProjection(List<String> names, boolean tags, boolean otherTags)
    implements Serializable {
  /** Both columns with every field. */
  public static final TagProjection ALL = new TagProjection(null, true, true);

  /**
   * Copies the list and checks that the values are consistent.
   *
   * @param names the fields of the {@code tags} struct in order
   * @param tags whether the struct is written, if {@link TagOptions#mode} has one
   * @param otherTags whether the map is written, if {@link TagOptions#other} has one
   */
  public TagProjection {
    names = names == null ? null : List.copyOf(names);
    if (names != null && !tags) {
      throw new IllegalArgumentException("fields of tags are requested, but not the struct");
    }
    if (names != null && names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("duplicate tag in " + names);
    }
  }

  /**
   * Whether every column and field is written; without {@code equals}, as {@link
   * RowOptions#filters}.
   */
  boolean isAll() {
    return names == null && tags && otherTags;
  }
}
