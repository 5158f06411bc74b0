package org.bamarrow.filter;

import java.util.Arrays;
import java.util.List;
import org.bamarrow.BamFormatException;
import org.bamarrow.bam.BamHeader;
import org.bamarrow.bam.RecordLayout;
import org.bamarrow.bam.RecordSlice;
import org.bamarrow.io.LittleEndian;

/**
 * OR of many conditions, each on one RNAME or few, as a list of regions gives it: of a record only
 * those on its own reference are asked.
 */
final class AnyPlace extends Node.Several {
  /** From so many on, sorting them by reference pays. */
  static final int MANY = 8;

  private BamHeader header;

  /** For each reference, and at the end for none, the children that can be true. */
  private Node[][] possible;

  AnyPlace(List<Node> children) {
    super(children, TRUE);
  }

  @Override
  boolean accepts(RecordSlice slice, int row) throws BamFormatException {
    if (header != slice.header()) {
      header = slice.header();
      possible = new Node[header.references().size() + 1][];
    }
    int id = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.REF_ID);
    int at = id < 0 ? possible.length - 1 : id;
    if (possible[at] == null) {
      possible[at] =
          Arrays.stream(children)
              .filter(child -> canBeTrue(child.reference(), id))
              .toArray(Node[]::new);
    }
    for (Node child : possible[at]) {
      if (child.accepts(slice, row)) {
        return true;
      }
    }
    return false;
  }

  private boolean canBeTrue(ReferenceNode reference, int id) {
    return reference == null || reference.outcome(header, id) == TRUE;
  }
}
