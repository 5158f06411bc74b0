package org.bamarrow.convert;

import java.util.List;

/** A set of columns with names of their own. */
public enum ColumnProfile {
  /** The field names of the SAM specification, in lower case. */
  STANDARD,
  /** The columns of the prototype <i>rogtk</i>, {@link ColumnOptions#ROGTK}; it has no tags. */
  ROGTK;

  /** {@return the columns of the profile in their order, without those on demand; immutable} */
  public List<String> columns() {
    return this == ROGTK ? ColumnOptions.ROGTK : ColumnOptions.CORE;
  }
}
