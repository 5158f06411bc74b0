package org.bamarrow.synth;

import java.io.IOException;

/** Single long reads, some with a supplementary alignment; the last 2 % unplaced. */
final class LongReads implements RecordSource {
  private static final int WAITING = 64;

  private final LongShape shape;
  private final Rng rng;
  private final Genome genome;
  private final Placement placement;
  private final CoordinateSorter sorter;
  private final boolean sorted;
  private final LongRecord writer;
  private final Segment read = new Segment();
  private final Segment extra = new Segment();
  private long made;
  private long placed;
  private long unplaced;

  LongReads(SynthOptions options, LongShape shape) {
    this.shape = shape;
    rng = new Rng(options.seed());
    genome = new Genome(options.seed());
    sorted = options.sorted();
    unplaced = options.records() / 50;
    placed = options.records() - unplaced;
    placement = new Placement(rng, sorted, placed, 1);
    sorter = new CoordinateSorter(sorted, WAITING);
    writer = new LongRecord(rng, shape);
  }

  @Override
  public boolean next(RecordSink sink) throws IOException {
    if (placed > 0) {
      placed -= template(sink);
      return true;
    }
    sorter.releaseAll(sink);
    if (unplaced > 0) {
      unplaced--;
      writer.newTemplate();
      read.unplace(4);
      read.randomBases(shape.length(made++), rng);
      writer.qualities(read);
      sink.accept(writer.build(read, null));
      return true;
    }
    return false;
  }

  private int template(RecordSink sink) throws IOException {
    long start = placement.next();
    int length = shape.length(made++);
    writer.newTemplate();
    read.ref = Genome.refOf(start);
    // The same bound for all lengths: positions must never decrease.
    read.pos = Genome.posOf(start, 2 * shape.longest());
    read.flag = rng.chance(5000) ? 16 : 0;
    read.mapq = rng.chance(9000) ? 60 : rng.below(60);
    shape.cigar(read.cigar, length, rng);
    read.align(genome, rng, 2 * shape.run());
    writer.qualities(read);
    sorter.releaseBefore(read.ref, read.pos, sink);
    boolean split = shape.modifications() && placed > 1 && rng.chance(300);
    if (!split || !sorter.mayReachFar()) {
      sorter.add(read.ref, read.pos, writer.build(read, null), sink);
      return 1;
    }
    long rest = Genome.linearLength() - start;
    long far = sorted ? start + rng.below(rest) : rng.below(Genome.linearLength());
    ExtraAlignment.of(read, extra, far, rng, genome);
    boolean supplementary = (extra.flag & 0x800) != 0;
    sorter.add(read.ref, read.pos, writer.build(read, supplementary ? extra : null), sink);
    sorter.add(extra.ref, extra.pos, writer.build(extra, supplementary ? read : null), sink);
    return 2;
  }
}
