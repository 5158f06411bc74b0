package org.bamarrow.filter;

import java.util.Arrays;
import org.bamarrow.BamFormatException;
import org.bamarrow.TagType;
import org.bamarrow.bam.AuxCursor;
import org.bamarrow.bam.CigarView;
import org.bamarrow.bam.RecordLayout;
import org.bamarrow.bam.RecordSlice;
import org.bamarrow.bam.Unsound;

/**
 * Where the tags that a predicate asks for lie in the record at hand: found in one walk however
 * many there are, and only if one is asked for. As in the {@code tags} column the first of a name
 * counts, and a CG tag that carries the real CIGAR is no tag. For one thread.
 */
final class RecordTags {
  private static final int CG = AuxCursor.key("CG");

  /** Set in the type of arrays, beside their subtype. */
  private static final int ARRAY = 1 << 8;

  private final AuxCursor aux = new AuxCursor();
  private final CigarView cigar = new CigarView();
  private int[] keys = new int[0];
  private int[] types = new int[0]; // 0: the record lacks the tag
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private long[] integers = new long[0];
  private boolean walked;

  /** The number of a tag from now on; the same for the same tag. */
  int place(String tag) {
    int key = AuxCursor.key(tag);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    int places = keys.length + 1;
    keys = Arrays.copyOf(keys, places);
    keys[places - 1] = key;
    types = new int[places];
    offsets = new int[places];
    lengths = new int[places];
    integers = new long[places];
    return places - 1;
  }

  /** Forgets the record before. */
  void next() {
    walked = false;
  }

  /** Whether the record's first tag of that name fits the field that {@link #type} describes. */
  boolean has(RecordSlice slice, int row, int place, int type) throws BamFormatException {
    if (!walked) {
      walk(slice, row);
      walked = true;
    }
    return types[place] == type;
  }

  /** What {@link #has} takes for a typed field. */
  static int type(TagType type) {
    return type.type() == 'B' ? ARRAY | type.subtype() : type.type();
  }

  /** Offset of the value's first byte in the slice's data. */
  int offset(int place) {
    return offsets[place];
  }

  /** Length of a value in bytes, of texts without the NUL. */
  int length(int place) {
    return lengths[place];
  }

  /** The value of an integer. */
  long integer(int place) {
    return integers[place];
  }

  private void walk(RecordSlice slice, int row) throws BamFormatException {
    Arrays.fill(types, 0);
    byte[] data = slice.data();
    int start = slice.start(row);
    int missing = keys.length;
    aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
    while (missing > 0 && aux.next()) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] == aux.tag() && types[i] == 0 && !carriesCigar(slice, row)) {
          keep(i);
          missing--;
        }
      }
    }
    if (aux.broken()) {
      throw slice.unsound(row, aux.problem(), Unsound.TAG_WANTED);
    }
  }

  private boolean carriesCigar(RecordSlice slice, int row) throws BamFormatException {
    if (aux.tag() != CG) {
      return false;
    }
    cigar.reset(slice, row);
    return cigar.isIn(aux);
  }

  private void keep(int place) {
    offsets[place] = aux.value();
    lengths[place] = aux.length();
    if (aux.isInteger()) {
      types[place] = 'i';
      integers[place] = aux.integer();
    } else {
      types[place] = aux.type() == 'B' ? ARRAY | aux.subtype() : aux.type();
    }
  }
}
