package org.bamarrow.internal.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.FoundRecord;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bam.RecordFinder.Proof;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.filter.RegionFilter;
import org.bamarrow.internal.filter.RegionParser;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.io.BytesSource;

/**
 * A BAM and its index with flipped bits: checks that the index finds all records of regions, or is
 * rejected.
 */
final class IndexBitFlips {
  private static final int MAX_RECORD = 1 << 28;

  private final BlockInflater inflater = InflaterKind.JDK.open();
  private final BamInput input;
  private final byte[] index;
  private final List<String> names = new ArrayList<>();
  private final List<Regions> regions = new ArrayList<>();

  /** Offsets of the records of each of the regions. */
  private final List<long[]> wanted = new ArrayList<>();

  /** By what became of the index. */
  final Map<String, Integer> counts = new TreeMap<>();

  /** What was lost: bit and region. */
  final List<String> losses = new ArrayList<>();

  IndexBitFlips(byte[] bam, byte[] index) throws IOException {
    this.input = BamInput.open(new BytesSource("x.bam", bam), 0, inflater);
    this.index = index;
  }

  /** Adds a region, or several, each for itself; as in {@code samtools view}. */
  IndexBitFlips regions(String... each) throws IOException {
    for (String region : each) {
      names.add(region);
      Regions parsed = RegionParser.parse(List.of(region), input.header().references());
      regions.add(parsed);
      wanted.add(records(parsed));
    }
    return this;
  }

  private long[] records(Regions some) throws IOException {
    RecordFilter filter = new RegionFilter(some);
    RecordFinder finder =
        new RecordFinder(input.source(), input.header(), inflater, MAX_RECORD, Proof.QUICK);
    FoundRecord record = new FoundRecord(finder, input.header(), "x.bam");
    List<Long> found = new ArrayList<>();
    finder.goTo(input.header().firstRecord());
    while (finder.next()) {
      if (filter.accepts(record, 0)) {
        found.add(finder.virtualOffset());
      }
    }
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  /** Number of bits of the index. */
  int bits() {
    return 8 * index.length;
  }

  /** Looks every region up with the index as it is: each must use it. */
  void checkUnmodified() throws IOException {
    BinningIndex bins = (BinningIndex) read(index);
    for (int i = 0; i < regions.size(); i++) {
      String lost = lookUp(bins, i);
      if (lost != null) {
        throw new AssertionError(names.get(i) + ": " + lost);
      }
    }
  }

  /** Flips one bit and looks every region up. */
  void flip(int bit) throws IOException {
    byte[] wrong = index.clone();
    wrong[bit / 8] ^= (byte) (1 << bit % 8);
    BinningIndex bins;
    try {
      bins = (BinningIndex) read(wrong);
      new IndexCheck(bins, input, inflater, MAX_RECORD).check();
    } catch (UnusableIndexException e) {
      count("refused");
      return;
    }
    for (int i = 0; i < regions.size(); i++) {
      try {
        String lost = lookUp(bins, i);
        count(lost == null ? "right" : "LOST");
        if (lost != null) {
          losses.add("byte " + bit / 8 + " bit " + bit % 8 + ", " + names.get(i) + ": " + lost);
        }
      } catch (UnusableIndexException e) {
        count("refused for a region");
      }
    }
  }

  private BamIndex read(byte[] bytes) throws IOException {
    int references = input.header().references().size();
    return BamIndex.read(new BytesSource("x.index", bytes), inflater, references);
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /**
   * @return what was lost without a word, or null
   */
  private String lookUp(BinningIndex bins, int i) throws IOException {
    RegionPlan plan = RegionPlan.of(bins, input.header(), regions.get(i));
    new IndexCheck(bins, input, inflater, MAX_RECORD).check(plan);
    List<BamRange> ranges = plan.of(input);
    int lost = 0;
    for (long offset : wanted.get(i)) {
      if (ranges.stream().noneMatch(r -> r.start() <= offset && offset < r.end())) {
        lost++;
      }
    }
    if (lost > 0 && !plan.whole().isEmpty()) {
      long counted =
          ReferenceCounts.of(bins, plan.whole().stream().boxed()::iterator)
              .counts()
              .values()
              .stream()
              .mapToLong(count -> count.mapped() + count.unmapped())
              .sum();
      lost = counted == wanted.get(i).length - lost ? lost : 0; // WholeReferenceCount detects it
    }
    return lost == 0 ? null : lost + " of " + wanted.get(i).length + " records";
  }
}
