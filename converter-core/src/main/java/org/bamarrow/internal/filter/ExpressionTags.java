package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/**
 * The tags of a filter expression in the current record, found in a single pass when the first is
 * needed. Of duplicate tags the first counts; a CG tag with the real CIGAR is not a tag. For one
 * thread.
 */
final class ExpressionTags {
  private static final int CG = AuxCursor.key("CG");

  private final AuxCursor aux = new AuxCursor();
  private final CigarView cigar = new CigarView();
  private int[] keys = new int[0];
  private int[] types = new int[0]; // 0: the record does not have the tag
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private boolean scanned;

  /** Registers a tag, by {@link AuxCursor#key}, and returns its slot. */
  int slot(int key) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    int slot = keys.length;
    keys = Arrays.copyOf(keys, slot + 1);
    keys[slot] = key;
    types = new int[slot + 1];
    offsets = new int[slot + 1];
    lengths = new int[slot + 1];
    return slot;
  }

  /** The tags that have been registered. */
  List<String> names() {
    return Arrays.stream(keys).mapToObj(AuxCursor::name).toList();
  }

  /** Moves to another record. */
  void reset() {
    scanned = false;
  }

  /** The type of the tag in the record; 0 if the record does not have it. */
  int type(ExpressionRecord record, int slot) throws BamFormatException {
    if (!scanned) {
      scan(record.slice(), record.row());
      scanned = true;
    }
    return types[slot];
  }

  /** The text of a tag that the record has, with characters for bytes. */
  String latin1(ExpressionRecord record, int slot) {
    byte[] data = record.slice().data();
    return new String(data, offsets[slot], lengths[slot], StandardCharsets.ISO_8859_1);
  }

  /** The value of a tag: true by itself if the record has the tag. */
  ExpressionNode value(int slot, int position) {
    return new ExpressionNode(ExpressionNode.Type.TAG) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        int type = ExpressionTags.this.type(record, slot);
        byte[] data = record.slice().data();
        int at = offsets[slot];
        switch (type) {
          case 0 -> out.setMissingText();
          case 'A', 'Z', 'H' -> out.set(data, at, at + lengths[slot]);
          case 'f' -> out.set(Float.intBitsToFloat(LittleEndian.int32(data, at)));
          case 'B' -> throw record.wrongType(position, "the tag is an array, of type B");
          default -> out.set(AuxCursor.integer(data, type, at));
        }
        if (type != 0) {
          out.forceTrue();
        }
      }

      @Override
      ExpressionOperand operand(ExpressionColumns columns) {
        return columns.tag(AuxCursor.name(keys[slot]));
      }

      @Override
      RawPredicate whenTrue(ExpressionColumns columns) {
        return columns.hasTag(AuxCursor.name(keys[slot]), true);
      }

      @Override
      RawPredicate whenFalse(ExpressionColumns columns) {
        return columns.hasTag(AuxCursor.name(keys[slot]), false);
      }

      @Override
      boolean canFail(ExpressionColumns columns) {
        return columns.canBeArray(AuxCursor.name(keys[slot]));
      }

      @Override
      boolean hasTag() {
        return true;
      }
    };
  }

  private void scan(RecordSlice slice, int row) throws BamFormatException {
    Arrays.fill(types, 0);
    byte[] data = slice.data();
    int start = slice.start(row);
    aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
    while (aux.next()) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] == aux.tag() && types[i] == 0 && !carriesCigar(slice, row)) {
          types[i] = aux.type();
          offsets[i] = aux.value();
          lengths[i] = aux.length();
        }
      }
    }
    if (aux.isInvalid()) {
      throw slice.invalidRecord(row, aux.problem(), DamagedRecordRemedies.TAG_REQUIRED);
    }
  }

  private boolean carriesCigar(RecordSlice slice, int row) throws BamFormatException {
    if (aux.tag() != CG) {
      return false;
    }
    cigar.reset(slice, row);
    return cigar.isIn(aux);
  }
}
