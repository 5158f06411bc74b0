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
 * Counts the records of references that are read whole and compares with what the index holds (the
 * pseudo-bin, n_no_coor): an index that misses a run of records is found out so.
 */
public final class WholeReferenceCount {
  private static final int UNMAPPED = 4;

  /** Two counters for each reference, and for the unplaced records behind them. */
  private static final int KINDS = 2;

  private final ReferenceCounts expected;
  private final BamInput input;
  private final List<long[]> counts = new CopyOnWriteArrayList<>();

  /**
   * @param expected of the references that are read whole
   */
  public WholeReferenceCount(ReferenceCounts expected, BamInput input) {
    this.expected = expected;
    this.input = input;
  }

  /** A filter that accepts every record, and counts those of this input; one for each thread. */
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
   * Compares, after everything has been read, by threads that have ended.
   *
   * @throws UnusableIndexException if the index holds another count for a reference read whole
   */
  public void check() throws UnusableIndexException {
    for (Map.Entry<Integer, ReferenceCounts.Count> entry : expected.told().entrySet()) {
      int id = entry.getKey();
      ReferenceCounts.Count told = entry.getValue();
      if (id == expected.references()) {
        require("unplaced", "*", told.unmapped(), counted(id, 0) + counted(id, 1));
      } else {
        String name = input.header().references().get(id).name();
        require("mapped", name, told.mapped(), counted(id, 0));
        require("unmapped", name, told.unmapped(), counted(id, 1));
      }
    }
  }

  private long counted(int id, int kind) {
    return counts.stream().mapToLong(mine -> mine[KINDS * id + kind]).sum();
  }

  private void require(String kind, String name, long told, long read)
      throws UnusableIndexException {
    if (told != BinningIndex.UNKNOWN && told != read) {
      throw new UnusableIndexException(
          expected.index(),
          "it counts %d %s records of %s, %d have been read".formatted(told, kind, name, read));
    }
  }
}
