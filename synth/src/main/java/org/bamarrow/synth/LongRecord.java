package org.bamarrow.synth;

/** Records of long reads with the tags of their platforms. */
final class LongRecord {
  private final Rng rng;
  private final LongShape shape;
  private final RecordBuilder builder = new RecordBuilder();
  private final Bytes name = new Bytes(64);
  private final Bytes text = new Bytes(1 << 12);
  private final Bytes likelihoods = new Bytes(1 << 12);
  private int hole;
  private int group;

  LongRecord(Rng rng, LongShape shape) {
    this.rng = rng;
    this.shape = shape;
  }

  void newTemplate() {
    hole = rng.below(180_000_000);
    group = rng.below(SynthHeader.READ_GROUPS);
    name.clear().ascii("m64011_").digits(190830 + group).ascii("_220126/").digits(hole);
    name.ascii("/ccs");
  }

  void qualities(Segment read) {
    if (shape.modifications()) {
      Qualities.hifi(read, rng);
    } else {
      Qualities.nanopore(read, rng);
    }
  }

  /** One record; {@code other} is the other alignment of the read for the SA tag, or null. */
  Bytes build(Segment read, Segment other) {
    builder.begin(
        read.flag, read.ref, read.pos, read.mapq, -1, -1, 0, name, read.cigar, read.length);
    builder.seq(read.bases, read.quals, 0);
    if (read.ref >= 0) {
      builder.number("NM", read.edits).number("AS", read.cigar.readLength() - read.edits);
    }
    builder.text("RG", SynthHeader.readGroup(group));
    if (other != null) {
      text.clear();
      ExtraAlignment.describe(other, text);
      builder.text("SA", text);
    }
    if (shape.modifications()) {
      consensusTags(read);
    } else {
      builder.number("ch", rng.between(1, 3000)).real("du", rng.below(1 << 24) / 1024f);
    }
    return builder.finish();
  }

  private void consensusTags(Segment read) {
    builder.number("zm", hole).number("np", rng.between(3, 40));
    builder.real("rq", 1 - rng.below(10_000) / 10_000_000f).real("ec", rng.below(4000) / 100f);
    builder.tag("sn", 'B').raw().u8('f').i32(4);
    for (int i = 0; i < 4; i++) {
      builder.raw().i32(Float.floatToRawIntBits(4 + rng.below(1 << 20) / 65536f));
    }
    if (read.length > 0 && (read.flag & 0x800) == 0) {
      modifications(read);
    }
    if (rng.chance(3000)) {
      builder.number("HP", rng.between(1, 2));
    }
  }

  /** 5mC as in SAMtags 1.7: distances count the Cs of the read as sequenced. */
  private void modifications(Segment read) {
    int cytosine = (read.flag & 16) != 0 ? 4 : 2;
    int left = 0;
    for (int i = 0; i < read.length; i++) {
      left += read.bases[i] == cytosine ? 1 : 0;
    }
    text.clear().ascii("C+m?");
    likelihoods.clear();
    for (int skip = rng.below(40); skip < left; skip = rng.below(40)) {
      text.u8(',').digits(skip);
      likelihoods.u8(rng.chance(6000) ? rng.between(240, 255) : rng.below(256));
      left -= skip + 1;
    }
    builder.text("MM", text.u8(';'));
    builder.tag("ML", 'B').raw().u8('C').i32(likelihoods.length).bytes(likelihoods);
  }
}
