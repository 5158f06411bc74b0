package org.bamarrow.synth;

import java.io.IOException;

/**
 * Paired short reads: a template is a pair, a pair with one more alignment, or (if only one record
 * is left) a single read. The last 2 % are unplaced.
 */
final class ShortReads implements RecordSource {
  private static final int SPAN = 12_000;
  private static final int WAITING = 4096;

  private final Rng rng;
  private final Genome genome;
  private final Placement placement;
  private final CoordinateSorter sorter;
  private final ShortRecord writer;
  private final boolean sorted;
  private final Segment left = new Segment();
  private final Segment right = new Segment();
  private final Segment extra = new Segment();
  private long placed;
  private long unplaced;

  ShortReads(SynthOptions options) {
    rng = new Rng(options.seed());
    genome = new Genome(options.seed());
    sorted = options.sorted();
    unplaced = options.records() / 50;
    placed = options.records() - unplaced;
    placement = new Placement(rng, sorted, placed / 2, 200);
    sorter = new CoordinateSorter(sorted, WAITING);
    writer = new ShortRecord(rng, options.profile() == SynthProfile.BINNED);
  }

  @Override
  public boolean next(RecordSink sink) throws IOException {
    if (placed > 0) {
      placed -= template(sink);
      return true;
    }
    sorter.releaseAll(sink);
    if (unplaced > 0) {
      unplaced -= unplacedTemplate(sink);
      return true;
    }
    return false;
  }

  private int template(RecordSink sink) throws IOException {
    long start = placement.next();
    int group = writer.newTemplate();
    place(left, start, group);
    if (sorted) {
      sorter.releaseBefore(left.ref, left.pos, sink);
    }
    if (placed == 1) {
      left.flag = 0;
      finish(left);
      add(writer.single(left), left, sink);
      return 1;
    }
    boolean far = rng.chance(60) && sorter.mayReachFar();
    if (far) {
      place(right, farFrom(start), group);
    } else {
      place(right, start, group);
      right.ref = left.ref;
      right.pos = left.pos + rng.below(450);
    }
    pairFlags(far);
    finish(left);
    finish(right);
    extra.flag = 0;
    boolean wantsExtra = placed > 2 && (left.flag & 4) == 0 && rng.chance(300);
    if (wantsExtra && sorter.mayReachFar()) {
      ExtraAlignment.of(left, extra, farFrom(start), rng, genome);
    }
    writer.pair(left, right, extra);
    add(writer.build(left, right), left, sink);
    add(writer.build(right, left), right, sink);
    if (extra.flag == 0) {
      return 2;
    }
    add(writer.buildExtra(extra, left, right), extra, sink);
    return 3;
  }

  private int unplacedTemplate(RecordSink sink) throws IOException {
    int group = writer.newTemplate();
    boolean alone = unplaced == 1;
    left.unplace(alone ? 4 : 77);
    left.randomBases(ShortCigars.readLength(group, rng), rng);
    writer.qualities(left);
    if (alone) {
      sink.accept(writer.single(left));
      return 1;
    }
    right.unplace(141);
    right.randomBases(ShortCigars.readLength(group, rng), rng);
    writer.qualities(right);
    extra.flag = 0;
    writer.pair(left, right, extra);
    sink.accept(writer.build(left, right));
    sink.accept(writer.build(right, left));
    return 2;
  }

  private void place(Segment read, long linear, int group) {
    read.ref = Genome.refOf(linear);
    read.pos = Genome.posOf(linear, SPAN);
    read.mapq = mapq();
    ShortCigars.make(read.cigar, ShortCigars.readLength(group, rng), rng);
  }

  /** Sorted: a position not yet passed. */
  private long farFrom(long start) {
    return sorted
        ? start + rng.below(Genome.linearLength() - start)
        : rng.below(Genome.linearLength());
  }

  private void pairFlags(boolean far) {
    boolean swap = rng.chance(5000);
    int both = 1 | (far ? 0 : 2) | (rng.chance(500) ? 0x400 : 0) | (rng.chance(50) ? 0x200 : 0);
    left.flag = both | (swap ? 0x80 : 0x40) | 32;
    right.flag = both | (swap ? 0x40 : 0x80) | 16;
    if (rng.chance(150)) { // unmapped, placed at the position of its mate
      right.flag = right.flag & ~(2 | 16) | 4;
      left.flag = left.flag & ~(2 | 32) | 8;
      right.ref = left.ref;
      right.pos = left.pos;
      right.mapq = 0;
      right.length = right.cigar.readLength();
      right.cigar.clear();
    }
  }

  private void finish(Segment read) {
    if ((read.flag & 4) != 0) {
      read.randomBases(read.length, rng);
    } else {
      read.align(genome, rng, 250);
    }
    writer.qualities(read);
  }

  private int mapq() {
    int dice = rng.below(100);
    return dice < 78 ? 60 : dice < 86 ? 0 : dice < 87 ? 255 : rng.between(1, 59);
  }

  private void add(Bytes record, Segment read, RecordSink sink) throws IOException {
    sorter.add(read.ref, read.pos, record, sink);
  }
}
