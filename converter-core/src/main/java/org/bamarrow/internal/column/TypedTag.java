package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.AuxCursor;

/**
 * The state of a typed tag: which value in a record goes to the typed field. Also kept for tags
 * that are not emitted, since {@code other_tags} contains the values that do not fit.
 */
class TypedTag {
  final TagType type;
  private final boolean isInteger;
  private final int samType;
  private final int subtype;

  /** The last row that had the tag, to detect a duplicate tag. */
  int lastRow;

  /** The last row that took a value, to detect further values of the row. */
  int takenRow;

  TypedTag(TagType type) {
    this.type = type;
    isInteger = type.type() == 'i';
    samType = type.type();
    subtype = type.subtype();
  }

  void begin(int rows) throws IOException {
    lastRow = -1;
    takenRow = -1;
  }

  /** Whether the value at the cursor has the type of the tag. */
  final boolean fits(AuxCursor aux) {
    return isInteger ? aux.isInteger() : aux.type() == samType && aux.subtype() == subtype;
  }

  /** Takes the value at the cursor, which fits, for {@code row}. */
  void take(AuxCursor aux, byte[] data, int row) throws IOException {}
}
