package org.bamarrow.internal.filter;

import java.util.Arrays;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * Where the tags that a predicate asks for lie in the record at hand: found in one walk however
 * many there are, and only if one is asked for. As in the {@code tags} column the first value that
 * fits the typed field counts, a CG tag that carries the real CIGAR is no tag, and fields that are
 * broken are an error wherever they stand. For one thread.
 */
final class RecordTags {
  private static final int CG = AuxCursor.key("CG");

  /** Set in the type of arrays, beside their subtype. */
  private static final int ARRAY = 1 << 8;

  private final AuxCursor aux = new AuxCursor();
  private final CigarView cigar = new CigarView();
  private int[] keys = new int[0];
  private int[] types = new int[0]; // of the typed fields
  private boolean[] found = new boolean[0];
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private long[] integers = new long[0];
  private boolean walked;

  /** The number of a typed field from now on; the same for the same field. */
  int place(TagType tag) {
    int key = AuxCursor.key(tag.tag());
    int type = tag.type() == 'B' ? ARRAY | tag.subtype() : tag.type();
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == key && types[i] == type) {
        return i;
      }
    }
    int places = keys.length + 1;
    keys = Arrays.copyOf(keys, places);
    types = Arrays.copyOf(types, places);
    keys[places - 1] = key;
    types[places - 1] = type;
    found = new boolean[places];
    offsets = new int[places];
    lengths = new int[places];
    integers = new long[places];
    return places - 1;
  }

  /** Forgets the record before. */
  void next() {
    walked = false;
  }

  /** Whether the record has a value for a typed field. */
  boolean has(RecordSlice slice, int row, int place) throws BamFormatException {
    if (!walked) {
      walk(slice, row);
      walked = true;
    }
    return found[place];
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
    Arrays.fill(found, false);
    byte[] data = slice.data();
    int start = slice.start(row);
    aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
    while (aux.next()) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] == aux.tag()
            && !found[i]
            && types[i] == currentType()
            && !carriesCigar(slice, row)) {
          keep(i);
        }
      }
    }
    if (aux.broken()) {
      throw slice.unsound(row, aux.problem(), DamagedRecordRemedies.TAG_WANTED);
    }
  }

  /** In the form of {@link #types}. */
  private int currentType() {
    if (aux.isInteger()) {
      return 'i';
    }
    return aux.type() == 'B' ? ARRAY | aux.subtype() : aux.type();
  }

  private boolean carriesCigar(RecordSlice slice, int row) throws BamFormatException {
    if (aux.tag() != CG) {
      return false;
    }
    cigar.reset(slice, row);
    return cigar.isIn(aux);
  }

  private void keep(int place) {
    found[place] = true;
    offsets[place] = aux.value();
    lengths[place] = aux.length();
    if (aux.isInteger()) {
      integers[place] = aux.integer();
    }
  }
}
