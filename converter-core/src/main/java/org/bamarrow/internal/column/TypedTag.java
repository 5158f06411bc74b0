package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.AuxCursor;

/**
 * A typed tag: decides which of its fields in a record has a typed place. Where the tag is not
 * emitted this is all that is kept of it, since {@code other_tags} holds what has no such place.
 */
class TypedTag {
  final TagType type;

  /** The last row that had the tag, to detect a duplicate tag. */
  int lastRow;

  /** The last row that took a value, to know the values behind it. */
  int takenRow;

  TypedTag(TagType type) {
    this.type = type;
  }

  void begin(int rows) throws IOException {
    lastRow = -1;
    takenRow = -1;
  }

  /** Whether the cursor's value is of the type. */
  final boolean fits(AuxCursor aux) {
    return type.type() == 'i'
        ? aux.isInteger()
        : aux.type() == type.type() && aux.subtype() == type.subtype();
  }

  /** Takes the cursor's value, which fits, for {@code row}. */
  void take(AuxCursor aux, byte[] data, int row) throws IOException {}
}
