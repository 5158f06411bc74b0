package org.bamarrow.convert;

import java.util.List;

/** A predefined set of columns and their names. */
public enum ColumnProfile {
  /** The field names of the SAM specification, in lower case. */
  STANDARD,
  /** The columns of the prototype <i>rogtk</i>, {@link ColumnOptions#ROGTK}, without tags. */
  ROGTK;

  /** {@return the columns of the profile in order, without the columns on demand; immutable} */
  public List<String> columns() {
    return this == ROGTK ? ColumnOptions.ROGTK : ColumnOptions.CORE;
  }
}
