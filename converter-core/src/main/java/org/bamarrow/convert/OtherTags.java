package org.bamarrow.convert;

/** What the {@code other_tags} map column holds. */
public enum OtherTags {
  /** What has no typed field, or does not fit it. */
  OVERFLOW,
  /** No such column: tags without a typed field are left out, as the user asked. */
  NONE,
  /** Every tag of the record, in its order. */
  ALL
}
