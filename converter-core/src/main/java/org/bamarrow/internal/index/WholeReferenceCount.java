package org.bamarrow.internal.index;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.read.BamInput;

/**
 * Counts the records of references that are read completely, and compares the counts with those of
 * the index (pseudo-bins, n_no_coor). This detects an index that misses records.
 */
public final class WholeReferenceCount {
  private static final int UNMAPPED = 4;

  /**
   * Counters per reference, and for the unplaced records after the references: mapped and unmapped.
   */
  private static final int KINDS = 2;

  private final ReferenceCounts expected;
  private final BamInput input;
  private final List<long[]> counts = new CopyOnWriteArrayList<>();

  /**
   * @param expected counts of the references that are read completely
   */
  public WholeReferenceCount(ReferenceCounts expected, BamInput input) {
    this.expected = expected;
    this.input = input;
  }

  /** Filters that accept every record and count those of this input; one filter per thread. */
  public Supplier<RecordFilter> counting() {
    return () -> {
      long[] mine = new long[KINDS * (expected.references() + 1)];
      counts.add(mine);
      return (slice, row) -> {
        count(slice, row, mine);
        return true;
      };
    };
  }

  private void count(RecordSlice slice, int row, long[] mine) {
    BamHeader header = slice.header();
    if (header == input.header()) {
      int start = slice.start(row);
      int id = LittleEndian.int32(slice.data(), start + RecordLayout.REF_ID);
      int flag = LittleEndian.uint16(slice.data(), start + RecordLayout.FLAG);
      mine[KINDS * (id < 0 ? expected.references() : id) + (flag & UNMAPPED) / UNMAPPED]++;
    }
  }

  /**
   * Compares the counts; called after all reading threads have ended.
   *
   * @throws UnusableIndexException if the index has another count for a reference that was read
   *     completely
   */
  public void check() throws UnusableIndexException {
    for (Map.Entry<Integer, ReferenceCounts.Count> entry : expected.counts().entrySet()) {
      int id = entry.getKey();
      ReferenceCounts.Count expectedCount = entry.getValue();
      if (id == expected.references()) {
        require("unplaced", "*", expectedCount.unmapped(), counted(id, 0) + counted(id, 1));
      } else {
        String name = input.header().references().get(id).name();
        require("mapped", name, expectedCount.mapped(), counted(id, 0));
        require("unmapped", name, expectedCount.unmapped(), counted(id, 1));
      }
    }
  }

  private long counted(int id, int kind) {
    return counts.stream().mapToLong(mine -> mine[KINDS * id + kind]).sum();
  }

  private void require(String kind, String name, long expectedCount, long read)
      throws UnusableIndexException {
    if (expectedCount != BinningIndex.UNKNOWN && expectedCount != read) {
      throw new UnusableIndexException(
          expected.index(),
          "it has %d %s records for %s, but %d were read"
              .formatted(expectedCount, kind, name, read));
    }
  }
}
