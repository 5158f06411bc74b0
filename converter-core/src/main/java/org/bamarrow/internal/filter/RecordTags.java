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
 * Finds the tags of a predicate in the current record, in a single pass that runs only if a tag is
 * evaluated. As in the {@code tags} column the first value that fits the typed field is used, a CG
 * tag with the real CIGAR is not a tag, and any invalid field is an error. For one thread.
 */
final class RecordTags {
  private static final int CG = AuxCursor.key("CG");

  /** Flag for arrays, combined with their subtype. */
  private static final int ARRAY = 1 << 8;

  private final AuxCursor aux = new AuxCursor();
  private final CigarView cigar = new CigarView();
  private int[] keys = new int[0];
  private int[] types = new int[0]; // of the typed fields
  private boolean[] found = new boolean[0];
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private long[] integers = new long[0];
  private boolean scanned;

  /** Registers a typed field and returns its slot; the same slot for the same field. */
  int slot(TagType tag) {
    int key = AuxCursor.key(tag.tag());
    int type = tag.type() == 'B' ? ARRAY | tag.subtype() : tag.type();
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == key && types[i] == type) {
        return i;
      }
    }
    int slots = keys.length + 1;
    keys = Arrays.copyOf(keys, slots);
    types = Arrays.copyOf(types, slots);
    keys[slots - 1] = key;
    types[slots - 1] = type;
    found = new boolean[slots];
    offsets = new int[slots];
    lengths = new int[slots];
    integers = new long[slots];
    return slots - 1;
  }

  /** Moves to the next record. */
  void next() {
    scanned = false;
  }

  /** Whether the record has a value for a typed field. */
  boolean has(RecordSlice slice, int row, int slot) throws BamFormatException {
    if (!scanned) {
      scan(slice, row);
      scanned = true;
    }
    return found[slot];
  }

  /** Offset of the value's first byte in the slice's data. */
  int offset(int slot) {
    return offsets[slot];
  }

  /** Length of a value in bytes, for text without the NUL. */
  int length(int slot) {
    return lengths[slot];
  }

  /** The value of an integer. */
  long integer(int slot) {
    return integers[slot];
  }

  private void scan(RecordSlice slice, int row) throws BamFormatException {
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
    if (aux.isInvalid()) {
      throw slice.invalidRecord(row, aux.problem(), DamagedRecordRemedies.TAG_REQUIRED);
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

  private void keep(int slot) {
    found[slot] = true;
    offsets[slot] = aux.value();
    lengths[slot] = aux.length();
    if (aux.isInteger()) {
      integers[slot] = aux.integer();
    }
  }
}
