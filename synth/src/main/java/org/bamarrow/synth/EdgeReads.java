package org.bamarrow.synth;

import java.io.IOException;

/** Rare but valid records, cycling through the cases, each with new random parts. */
final class EdgeReads implements RecordSource {
  private final Rng rng;
  private final RecordBuilder builder = new RecordBuilder();
  private final EdgeTags tags;
  private final Bytes name = new Bytes(256);
  private final Cigar cigar = new Cigar();
  private byte[] bases = new byte[1 << 17];
  private byte[] quals = new byte[1 << 17];
  private int seqLength;
  private boolean qualMissing;
  private int flag;
  private int ref;
  private int pos;
  private int mapq;
  private int nextRef;
  private int nextPos;
  private int tlen;
  private final long records;
  private long made;

  EdgeReads(SynthOptions options) {
    rng = new Rng(options.seed());
    tags = new EdgeTags(rng);
    records = options.records();
  }

  @Override
  public boolean next(RecordSink sink) throws IOException {
    if (made == records) {
      return false;
    }
    plain();
    int tagCase = shape((int) (made % 32));
    builder.begin(flag, ref, pos, mapq, nextRef, nextPos, tlen, name, cigar, seqLength);
    builder.seq(bases, qualMissing ? null : quals, 0);
    tags.write(builder, tagCase);
    sink.accept(builder.finish());
    made++;
    return true;
  }

  /** A mapped read of all 16 codes, to be modified by one case. */
  private void plain() {
    name.clear().ascii("edge").digits((int) (made % 32)).u8('/');
    name.digits((int) (made % 1_000_000_007));
    flag = 0;
    ref = rng.below(Genome.contigs());
    pos = rng.below(Genome.length(ref));
    mapq = rng.below(256);
    nextRef = -1;
    nextPos = -1;
    tlen = 0;
    qualMissing = false;
    length(rng.between(1, 200));
    cigar.clear().add(seqLength, Cigar.M);
  }

  /** Modifies the record; returns the case of tags, -1 for none. */
  private int shape(int number) {
    switch (number) {
      case 0 -> allCodes(16);
      case 1 -> allCodes(17);
      case 2 -> length(0);
      case 3 -> qualMissing = true;
      case 4 -> name.clear().u8('*');
      case 5 -> name.clear().ascii("N".repeat(254));
      case 6 -> name.clear().u8(33 + rng.below(7));
      case 7 -> oneBaseOfQual9();
      case 8 -> unmapped(-1, -1);
      case 9 -> unmapped(2, pos % 1000);
      case 10 -> unmapped(-1, 77);
      case 11 -> cigar.clear();
      case 12 -> allOps();
      case 13 -> zeroLengthOps();
      case 14 -> flag = 0xf000 | rng.below(0x1000) & ~4;
      case 15 -> flag = 0xffff;
      case 16 -> tlen = Integer.MAX_VALUE;
      case 17 -> tlen = -Integer.MAX_VALUE;
      case 18 -> mate(ref, pos);
      case 19 -> mate(Genome.contigs() - 1, 0);
      case 20 -> mapq = 255;
      case 21 -> pos = Integer.MAX_VALUE - 1 - seqLength; // far beyond the end of the reference
      case 22 -> placedNowhere();
      case 23 -> placeholderWithoutCg();
      case 24, 25, 26 -> huge(number);
      case 27 -> length(1);
      case 28 -> extremeQualities();
      case 29 -> pos = 0;
      default -> {
        return -1; // no tag at all
      }
    }
    if (number == 27) {
      cigar.clear().add(1, Cigar.M);
    }
    return number % EdgeTags.CASES;
  }

  private void length(int count) {
    seqLength = count;
    if (bases.length < count) {
      bases = new byte[count];
      quals = new byte[count];
    }
    for (int i = 0; i < count; i++) {
      bases[i] = (byte) rng.below(16);
      quals[i] = (byte) rng.below(94);
    }
  }

  private void allCodes(int count) {
    length(count);
    for (int i = 0; i < count; i++) {
      bases[i] = (byte) (i & 15);
    }
    cigar.clear().add(count, Cigar.M);
  }

  /** QUAL that prints as {@code *} but is not missing. */
  private void oneBaseOfQual9() {
    length(1);
    quals[0] = 9;
    cigar.clear().add(1, Cigar.M);
  }

  private void extremeQualities() {
    for (int i = 0; i < seqLength; i++) {
      quals[i] = (byte) ((i & 1) * 93);
    }
  }

  private void unmapped(int onRef, int at) {
    flag = 4;
    ref = onRef;
    pos = at;
    mapq = onRef < 0 ? 0 : mapq;
    if (onRef < 0) {
      cigar.clear();
    }
  }

  private void placedNowhere() {
    flag = 4;
    pos = -1;
    cigar.clear();
  }

  private void mate(int onRef, int at) {
    flag = 1 | 64 | rng.below(2) * 32;
    nextRef = onRef;
    nextPos = at;
  }

  private void allOps() {
    length(40);
    cigar.clear().add(3, Cigar.H).add(5, Cigar.S).add(10, Cigar.M).add(2, Cigar.I);
    cigar.add(1, Cigar.P).add(3, Cigar.I).add(4, Cigar.D).add(6, Cigar.EQ).add(2, Cigar.X);
    cigar.add(1000, Cigar.N).add(8, Cigar.M).add(4, Cigar.S).add((1 << 28) - 1, Cigar.H);
    pos = 1000;
  }

  private void zeroLengthOps() {
    cigar.clear().add(0, Cigar.S).add(seqLength, Cigar.M).add(0, Cigar.D).add(0, Cigar.H);
  }

  /** The CIGAR kSmN is a real one if there is no CG tag. */
  private void placeholderWithoutCg() {
    cigar.clear().add(seqLength, Cigar.S).add(500, Cigar.N);
    pos = 4;
  }

  /** Only in the first of eight rounds: otherwise they would dominate the file. */
  private void huge(int number) {
    if (made / 32 % 8 == 0) {
      switch (number) {
        case 24 -> longCigar(false);
        case 25 -> longCigar(true);
        default -> large();
      }
    }
  }

  /**
   * At and above the maximum number of operations of the field. Never without SEQ: such a record is
   * valid, but htsjdk cannot read it, and the file must be verifiable.
   */
  private void longCigar(boolean past) {
    int pairs = past ? 33_000 + rng.below(100) : 32_767;
    length(2 * pairs + (past ? 0 : 1));
    cigar.clear();
    for (int i = 0; i < pairs; i++) {
      cigar.add(1, Cigar.M).add(1, Cigar.I);
    }
    if (!past) {
      cigar.add(1, Cigar.M);
    }
    ref = 0;
    pos = 12_345;
  }

  private void large() {
    length(100_001 + rng.below(10));
    cigar.clear().add(seqLength, Cigar.M);
    ref = 1;
    pos = 5;
  }
}
