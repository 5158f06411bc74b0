package org.bamarrow.synth;

/** Turns the segments of one short-read template into records with their mates' fields. */
final class ShortRecord {
  private static final String[] FLOWCELLS = {"20FUKAAXX", "20GAVAAXX", "20HUJABXX", "30KCTDSXY"};

  private final Rng rng;
  private final boolean binned;
  private final RecordBuilder builder = new RecordBuilder();
  private final Bytes name = new Bytes(64);
  private final Bytes scratch = new Bytes(64);
  private Segment supplemented;
  private Segment supplement;
  private int group;

  ShortRecord(Rng rng, boolean binned) {
    this.rng = rng;
    this.binned = binned;
  }

  /** Draws a name and a read group, whose index is returned. */
  int newTemplate() {
    int dice = rng.below(20);
    group = dice < 18 ? dice / 6 : 3;
    supplement = null;
    name.clear().ascii(FLOWCELLS[group]).u8(':').digits(rng.between(1, 8)).u8(':');
    name.digits(rng.between(1, 68)).u8(':').digits(rng.below(21_000)).u8(':');
    name.digits(rng.below(200_000));
    return group;
  }

  void qualities(Segment read) {
    Qualities.illumina(read, rng);
    if (binned) {
      Qualities.bin(read, rng);
    }
  }

  /** Sets a third alignment of {@code left}; flag 0: none. */
  void pair(Segment left, Segment right, Segment extra) {
    boolean supplementary = (extra.flag & 0x800) != 0;
    supplemented = left;
    supplement = supplementary ? extra : null;
  }

  Bytes single(Segment read) {
    builder.begin(
        read.flag, read.ref, read.pos, read.mapq, -1, -1, 0, name, read.cigar, read.length);
    return rest(read, null, null);
  }

  Bytes build(Segment read, Segment mate) {
    begin(read, mate, templateLength(read, mate));
    return rest(read, mate, read == supplemented ? supplement : null);
  }

  /** An extra alignment has the mate of its read. */
  Bytes buildExtra(Segment extra, Segment primary, Segment mate) {
    begin(extra, mate, templateLength(extra, mate));
    return rest(extra, mate, (extra.flag & 0x800) != 0 ? primary : null);
  }

  private void begin(Segment read, Segment mate, int tlen) {
    builder.begin(
        read.flag,
        read.ref,
        read.pos,
        read.mapq,
        mate.ref,
        mate.pos,
        tlen,
        name,
        read.cigar,
        read.length);
  }

  private Bytes rest(Segment read, Segment mate, Segment other) {
    builder.seq(read.bases, read.quals, 0);
    boolean mapped = (read.flag & 4) == 0;
    if (mapped) {
      builder.number("NM", read.edits).text("MD", read.md);
    }
    builder.text("RG", SynthHeader.readGroup(group));
    if (binned) {
      return builder.finish();
    }
    if (mapped) {
      int score = Math.max(0, read.cigar.readLength() - 5 * read.edits);
      builder.number("AS", score).number("XS", read.mapq == 0 ? score : rng.below(60));
    }
    if (mate != null && (mate.flag & 4) == 0) {
      scratch.clear();
      mate.cigar.text(scratch);
      builder.text("MC", scratch).number("MQ", mate.mapq);
    }
    if (other != null) {
      scratch.clear();
      ExtraAlignment.describe(other, scratch);
      builder.text("SA", scratch);
    }
    originalQualities(read);
    if (mapped && rng.chance(4000)) {
      builder.tag("XT", 'A').raw().u8(read.mapq == 0 ? 'R' : 'U');
    }
    return builder.finish();
  }

  /** OQ as before recalibration, and BQ that rarely changes anything. */
  private void originalQualities(Segment read) {
    Qualities.original(read, scratch.clear(), rng);
    builder.text("OQ", scratch);
    scratch.clear().repeat('@', read.length);
    if (read.length > 0 && rng.chance(1000)) {
      scratch.array[rng.below(read.length)] = (byte) rng.between('A', 'Z');
    }
    builder.text("BQ", scratch);
  }

  /** Leftmost to rightmost base, the left read's positive; 0 unless both are on one reference. */
  private static int templateLength(Segment read, Segment mate) {
    if (read.ref != mate.ref || read.ref < 0 || ((read.flag | mate.flag) & 4) != 0) {
      return 0;
    }
    int span = Math.max(read.end(), mate.end()) - Math.min(read.pos, mate.pos);
    boolean first = read.pos < mate.pos || read.pos == mate.pos && (read.flag & 16) == 0;
    return first ? span : -span;
  }
}
