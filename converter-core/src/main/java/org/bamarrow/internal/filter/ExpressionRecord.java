package org.bamarrow.internal.filter;

import static org.bamarrow.internal.base.LittleEndian.int32;
import static org.bamarrow.internal.base.LittleEndian.uint16;
import static org.bamarrow.internal.base.LittleEndian.uint8;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.ReadGroups;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.TextCheck;
import org.bamarrow.io.BamFormatException;

/** The current record as the variables and tags of a filter expression. For one thread. */
final class ExpressionRecord {
  private static final int RG = AuxCursor.key("RG");
  private static final byte[] NONE = {'*'};
  private static final byte[] EMPTY = {};

  final ExpressionTags tags = new ExpressionTags();

  /** The variables of the expressions. */
  final Set<ExpressionVariable> variables = EnumSet.noneOf(ExpressionVariable.class);

  private final ExpressionCigar cigar = new ExpressionCigar();
  private int readGroup = -1; // slot of the RG tag
  private RecordSlice slice;
  private int row;
  private byte[] data;
  private int start;
  private BamHeader header;
  private byte[][] references;
  private Map<String, byte[]> libraries;

  /** Moves to another record. */
  void reset(RecordSlice newSlice, int newRow) {
    slice = newSlice;
    row = newRow;
    data = newSlice.data();
    start = newSlice.start(newRow);
    tags.reset();
    if (header != newSlice.header()) {
      header = newSlice.header();
      references = null;
      libraries = null;
    }
  }

  RecordSlice slice() {
    return slice;
  }

  int row() {
    return row;
  }

  int seqLength() {
    return int32(data, start + RecordLayout.L_SEQ);
  }

  /** The value of a variable that is a number; positions are 1-based. */
  long number(ExpressionVariable variable) throws BamFormatException {
    return switch (variable) {
      case FLAG -> uint16(data, start + RecordLayout.FLAG);
      case MAPQ -> uint8(data, start + RecordLayout.MAPQ);
      case POS -> int32(data, start + RecordLayout.POS) + 1L;
      case PNEXT, MPOS -> int32(data, start + RecordLayout.NEXT_POS) + 1L;
      case REFID -> int32(data, start + RecordLayout.REF_ID);
      case MREFID -> int32(data, start + RecordLayout.NEXT_REF_ID);
      case TLEN -> int32(data, start + RecordLayout.TLEN);
      default -> cigar.number(variable, slice, row);
    };
  }

  /**
   * The value of a variable that is text.
   *
   * @param buffer for text that is not in the record as it is
   * @return the buffer, or a larger one
   */
  byte[] text(ExpressionVariable variable, byte[] buffer, ExpressionValue out)
      throws BamFormatException {
    switch (variable) {
      case QNAME -> {
        int from = start + RecordLayout.READ_NAME;
        out.set(data, from, TextCheck.indexOfNul(data, from, RecordLayout.cigar(data, start)));
      }
      case QUAL -> {
        int from = RecordLayout.qual(data, start);
        out.set(data, from, from + seqLength());
      }
      case RNAME -> set(out, reference(int32(data, start + RecordLayout.REF_ID)));
      case RNEXT, MRNAME -> set(out, reference(int32(data, start + RecordLayout.NEXT_REF_ID)));
      case LIBRARY -> set(out, library());
      case SEQ -> {
        return seq(buffer, out);
      }
      default -> {
        return cigar.text(slice, row, buffer, out);
      }
    }
    return buffer;
  }

  private static void set(ExpressionValue out, byte[] text) {
    out.set(text, 0, text.length);
  }

  private byte[] reference(int id) {
    if (references == null) {
      references =
          header.references().stream()
              .map(reference -> reference.name().getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
    }
    return id < 0 || id >= references.length ? NONE : references[id];
  }

  /** Registers the tag that {@code library} needs. */
  void needLibrary() {
    readGroup = tags.slot(RG);
  }

  /** LB of the read group; empty if there is none. */
  private byte[] library() throws BamFormatException {
    if (libraries == null) {
      libraries = ReadGroups.fields(header, "LB");
    }
    int type = tags.type(this, readGroup);
    if (type != 'Z' && type != 'H') {
      return EMPTY;
    }
    String id = tags.latin1(this, readGroup);
    return libraries.getOrDefault(id, EMPTY);
  }

  private byte[] seq(byte[] buffer, ExpressionValue out) {
    int length = seqLength();
    byte[] letters = length <= buffer.length ? buffer : new byte[length + (length >> 1)];
    int from = RecordLayout.seq(data, start);
    for (int i = 0; i < length; i++) {
      int code = data[from + (i >> 1)] >>> (~i & 1) * 4 & 0xf;
      letters[i] = (byte) "=ACMGRSVTWYHKDBN".charAt(code);
    }
    out.set(letters, 0, length);
    return letters;
  }

  /**
   * The error for a tag of another type than the expression needs.
   *
   * @param position in the expression, 0-based
   */
  BamFormatException wrongType(int position, String problem) {
    return slice.error(
        row,
        "filter expression, character " + (position + 1) + ": " + problem,
        Remedy.of("remove that part of ", OptionKey.EXPR));
  }
}
