package org.bamarrow.internal.filter;

import java.util.Arrays;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/**
 * A row of a record batch written as a BAM record (SAM specification 4.2) with some of its fields;
 * the others are those of a record without values. Fields are set in their order. For one thread.
 */
final class RowRecord implements RecordSlice {
  private static final int MAX_NAME = 254;
  private static final int MAX_OPS = 0xffff;
  private static final int SOFT_CLIP = 4;
  private static final int SKIP = 3;
  private static final byte[] CODES = codes();

  private final BamHeader header;
  private byte[] data = new byte[1 << 10];
  private int size;

  /** Operations that the CIGAR field cannot hold, which go to a CG tag; null if it does. */
  private int[] ops;

  private int count;

  RowRecord(BamHeader header) {
    this.header = header;
  }

  private static byte[] codes() {
    byte[] codes = new byte[256];
    Arrays.fill(codes, (byte) -1);
    for (int i = 0; i < 16; i++) {
      codes["=ACMGRSVTWYHKDBN".charAt(i)] = (byte) i;
    }
    return codes;
  }

  /** Begins a record without values. */
  void begin() {
    size = RecordLayout.READ_NAME;
    Arrays.fill(data, 0, size, (byte) 0);
    set32(RecordLayout.REF_ID, -1);
    set32(RecordLayout.POS, -1);
    set32(RecordLayout.NEXT_REF_ID, -1);
    set32(RecordLayout.NEXT_POS, -1);
    ops = null;
  }

  /** Sets a fixed field of 4 bytes, by its offset. */
  void set32(int offset, int value) {
    LittleEndian.int32(data, offset, value);
  }

  void mapq(int value) {
    data[RecordLayout.MAPQ] = (byte) value;
  }

  void flag(int value) {
    set16(RecordLayout.FLAG, value);
  }

  private void set16(int offset, int value) {
    data[offset] = (byte) value;
    data[offset + 1] = (byte) (value >> 8);
  }

  /** QNAME, {@code text[from, to)}. */
  void name(byte[] text, int from, int to) {
    if (to - from > MAX_NAME) {
      throw new IllegalArgumentException("qname has more than " + MAX_NAME + " bytes");
    }
    append(text, from, to - from);
    append(0);
    data[RecordLayout.L_READ_NAME] = (byte) (to - from + 1);
  }

  /**
   * The CIGAR.
   *
   * @param operations length << 4 | code, which must not change before {@link #end}
   * @param bases length of SEQ, as it will be set
   */
  void cigar(int[] operations, int number, int bases) {
    if (number <= MAX_OPS) {
      set16(RecordLayout.N_CIGAR_OP, number);
      for (int i = 0; i < number; i++) {
        append32(operations[i]);
      }
      return;
    }
    ops = operations;
    count = number;
    set16(RecordLayout.N_CIGAR_OP, 2);
    append32(bases << 4 | SOFT_CLIP);
    append32(SKIP);
    set32(RecordLayout.REF_ID, Math.max(0, int32(RecordLayout.REF_ID))); // the tag counts only then
    set32(RecordLayout.POS, Math.max(0, int32(RecordLayout.POS)));
  }

  private int int32(int offset) {
    return LittleEndian.int32(data, offset);
  }

  /** SEQ, letters {@code text[from, to)}. */
  void seq(byte[] text, int from, int to) {
    int bases = to - from;
    int at = size;
    skip(bases + 1 >>> 1);
    Arrays.fill(data, at, size, (byte) 0);
    for (int i = 0; i < bases; i++) {
      int code = CODES[text[from + i] & 0xff];
      if (code < 0) {
        throw new IllegalArgumentException("seq has letters that are not in the SAM specification");
      }
      data[at + (i >> 1)] |= (byte) (code << (~i & 1) * 4);
    }
    set32(RecordLayout.L_SEQ, bases);
  }

  /**
   * QUAL.
   *
   * @param values added to {@code shift}; null: missing
   */
  void qual(byte[] values, int from, int length, int shift) {
    int bases = int32(RecordLayout.L_SEQ);
    if (values != null && length != bases) {
      throw new IllegalArgumentException("qual and seq have different lengths");
    }
    int at = size;
    skip(bases);
    for (int i = 0; i < bases; i++) {
      data[at + i] = (byte) (values == null ? 0xff : values[from + i] + shift);
    }
  }

  /** A tag of a type with text as its value. */
  void text(String tag, char type, byte[] text, int from, int to) {
    boolean letter = type == 'A' && to - from == 1;
    begin(tag, letter || type != 'A' ? type : 'Z');
    append(text, from, to - from);
    if (!letter) {
      append(0);
    }
  }

  /** A tag with an integer. */
  void integer(String tag, long value) {
    if (value < Integer.MIN_VALUE || value > 0xffffffffL) {
      throw new IllegalArgumentException("tag " + tag + " has the value " + value);
    }
    begin(tag, value > Integer.MAX_VALUE ? 'I' : 'i');
    append32((int) value);
  }

  void number(String tag, float value) {
    begin(tag, 'f');
    append32(Float.floatToRawIntBits(value));
  }

  /** A tag with an array, of which only the type matters. */
  void array(String tag) {
    begin(tag, 'B');
    append('c');
    append32(0);
  }

  private void begin(String tag, char type) {
    append(tag.charAt(0));
    append(tag.charAt(1));
    append(type);
  }

  /** Completes the record. */
  void end() {
    if (ops != null) {
      begin("CG", 'B');
      append('I');
      append32(count);
      for (int i = 0; i < count; i++) {
        append32(ops[i]);
      }
    }
    set32(0, size - 4);
  }

  private void append(int value) {
    skip(1);
    data[size - 1] = (byte) value;
  }

  private void append32(int value) {
    skip(4);
    set32(size - 4, value);
  }

  private void append(byte[] source, int from, int length) {
    skip(length);
    System.arraycopy(source, from, data, size - length, length);
  }

  private void skip(int length) {
    int end = Math.addExact(size, length);
    if (end > data.length) {
      data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, end + (long) end / 2));
    }
    size = end;
  }

  /** The code of a CIGAR operation by its letter; -1 if there is none. */
  static int code(int letter) {
    return CigarView.OPS.indexOf(letter);
  }

  /**
   * @throws IllegalArgumentException always: there is no place in a BAM to tell
   */
  @Override
  public BamFormatException error(int row, String problem, Remedy remedy) {
    throw new IllegalArgumentException(problem);
  }

  @Override
  public byte[] data() {
    return data;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public int start(int row) {
    return 0;
  }

  @Override
  public BamHeader header() {
    return header;
  }

  @Override
  public String file() {
    return "";
  }

  @Override
  public long virtualOffset(int row) {
    return 0;
  }
}
