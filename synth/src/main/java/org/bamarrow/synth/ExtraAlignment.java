package org.bamarrow.synth;

/** A secondary or supplementary alignment of a read, in addition to its primary one. */
final class ExtraAlignment {
  private ExtraAlignment() {}

  /**
   * Fills {@code extra}: secondary without SEQ, or supplementary with a hard-clipped part of it,
   * equally often.
   */
  static void of(Segment primary, Segment extra, long linear, Rng rng, Genome genome) {
    boolean secondary = rng.chance(5000);
    int length = primary.length;
    extra.flag = primary.flag & ~2 | (secondary ? 0x100 : 0x800);
    extra.ref = Genome.refOf(linear);
    extra.pos = Genome.posOf(linear, 2 * length);
    extra.mapq = secondary ? 0 : rng.between(1, 60);
    extra.cigar.clear();
    if (secondary) {
      extra.cigar.add(length, Cigar.M);
    } else {
      int cut = length / 4 + rng.below(length / 2);
      extra.cigar.add(cut, Cigar.H).add(length - cut, Cigar.M);
    }
    extra.align(genome, rng, 60);
    System.arraycopy(primary.quals, length - extra.length, extra.quals, 0, extra.length);
    if (secondary) {
      extra.length = 0;
    }
  }

  /** One entry of the SA tag: rname,pos,strand,CIGAR,mapQ,NM; (SAMtags 1.1). */
  static void describe(Segment alignment, Bytes out) {
    out.ascii(Genome.name(alignment.ref)).u8(',').digits(alignment.pos + 1);
    out.ascii((alignment.flag & 16) != 0 ? ",-," : ",+,");
    alignment.cigar.text(out);
    out.u8(',').digits(alignment.mapq).u8(',').digits(alignment.edits).u8(';');
  }
}
