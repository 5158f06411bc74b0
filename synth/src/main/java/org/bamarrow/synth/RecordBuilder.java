package org.bamarrow.synth;

/**
 * The bytes of one alignment record, in the order of SAMv1 4.2: begin, seq, tags, finish. A CIGAR
 * of more than 65535 operations goes to the CG tag (4.2.2). For one thread, reused.
 */
final class RecordBuilder {
  private final Bytes out = new Bytes(1 << 10);
  private Cigar moved;
  private int seqLength;

  /** The fixed fields, name and CIGAR; ids -1 for none, positions 0-based. */
  RecordBuilder begin(
      int flag,
      int ref,
      int pos,
      int mapq,
      int nextRef,
      int nextPos,
      int tlen,
      Bytes name,
      Cigar cigar,
      int seqLength) {
    moved = cigar.count > 0xffff ? cigar : null;
    this.seqLength = seqLength;
    int span = (flag & 4) != 0 ? 1 : Math.max(1, cigar.refLength());
    out.clear().i32(0).i32(ref).i32(pos).u8(name.length + 1).u8(mapq).u16(bin(pos, span));
    out.u16(moved == null ? cigar.count : 2).u16(flag).i32(seqLength);
    out.i32(nextRef).i32(nextPos).i32(tlen).bytes(name).u8(0);
    if (moved != null) {
      out.i32(seqLength << 4 | Cigar.S).i32(cigar.refLength() << 4 | Cigar.N);
    } else {
      for (int i = 0; i < cigar.count; i++) {
        out.i32(cigar.ops[i]);
      }
    }
    return this;
  }

  /**
   * SEQ and QUAL.
   *
   * @param bases one 4-bit code per byte
   * @param quals phred values; null: missing (all 0xff)
   */
  RecordBuilder seq(byte[] bases, byte[] quals, int from) {
    int packed = (seqLength + 1) / 2;
    out.reserve(packed + seqLength);
    byte[] array = out.array;
    int at = out.length;
    int end = from + seqLength;
    for (int i = from; i + 1 < end; i += 2) {
      array[at++] = (byte) (bases[i] << 4 | bases[i + 1]);
    }
    if ((seqLength & 1) != 0) {
      array[at++] = (byte) (bases[end - 1] << 4);
    }
    out.length = at;
    if (quals == null) {
      out.repeat(0xff, seqLength);
    } else {
      out.bytes(quals, from, seqLength);
    }
    return this;
  }

  RecordBuilder tag(String tag, int type) {
    out.ascii(tag).u8(type);
    return this;
  }

  RecordBuilder text(String tag, String value) {
    tag(tag, 'Z').out.ascii(value).u8(0);
    return this;
  }

  RecordBuilder text(String tag, Bytes value) {
    tag(tag, 'Z').out.bytes(value).u8(0);
    return this;
  }

  /** An integer in the narrowest type, as htslib writes it. */
  RecordBuilder number(String tag, int value) {
    if (value >= 0 && value < 256) {
      tag(tag, 'C').out.u8(value);
    } else if (value >= -128 && value < 0) {
      tag(tag, 'c').out.u8(value);
    } else if (value >= 0 && value < 65536) {
      tag(tag, 'S').out.u16(value);
    } else if (value >= -32768 && value < 0) {
      tag(tag, 's').out.u16(value);
    } else {
      tag(tag, 'i').out.i32(value);
    }
    return this;
  }

  RecordBuilder real(String tag, float value) {
    tag(tag, 'f').out.i32(Float.floatToRawIntBits(value));
    return this;
  }

  /** Buffer for values of a tag begun by {@link #tag}, and for whole encoded tags. */
  Bytes raw() {
    return out;
  }

  /** The finished record; valid until the next begin. */
  Bytes finish() {
    if (moved != null) {
      tag("CG", 'B').out.u8('I').i32(moved.count);
      for (int i = 0; i < moved.count; i++) {
        out.i32(moved.ops[i]);
      }
    }
    out.setI32(0, out.length - 4);
    return out;
  }

  /** SAMv1 5.3's reg2bin of [pos, pos+span). */
  static int bin(int pos, int span) {
    long end = (long) pos + span - 1;
    for (int shift = 14, first = 4681; shift <= 26; shift += 3, first = first - 1 >> 3) {
      if (pos >> shift == end >> shift) {
        return first + (pos >> shift);
      }
    }
    return 0;
  }
}
