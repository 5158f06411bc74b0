package org.bamarrow.convert;

/** The content of the map column {@code other_tags}. */
public enum OtherTags {
  /** Tags without a typed field, and values that do not fit their field. */
  OVERFLOW,
  /** No column: tags without a typed field are dropped. */
  NONE,
  /** All tags of the record, in record order. */
  ALL
}
