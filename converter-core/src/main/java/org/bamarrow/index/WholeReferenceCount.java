package org.bamarrow.index;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.bamarrow.bam.BamHeader;
import org.bamarrow.bam.RecordFilter;
import org.bamarrow.bam.RecordLayout;
import org.bamarrow.bam.RecordSlice;
import org.bamarrow.io.LittleEndian;
import org.bamarrow.read.BamInput;

/**
 * Counts the records of references that are read whole and compares with what the index holds (the
 * pseudo-bin, n_no_coor): an index that misses a run of records is found out so.
 */
public final class WholeReferenceCount {
  private static final int UNMAPPED = 4;

  /** Two counters for each reference, and for the unplaced records behind them. */
  private static final int KINDS = 2;

  private final BinningIndex index;
  private final BamInput input;
  private final BitSet whole;
  private final List<long[]> counts = new CopyOnWriteArrayList<>();

  /**
   * @param whole ids of references that are read whole; the number of references stands for the
   *     unplaced records
   */
  public WholeReferenceCount(BinningIndex index, BamInput input, BitSet whole) {
    this.index = index;
    this.input = input;
    this.whole = (BitSet) whole.clone();
  }

  /** A filter that accepts every record, and counts those of this input; one for each thread. */
  public Supplier<RecordFilter> counting() {
    return () -> {
      long[] mine = new long[KINDS * (index.references() + 1)];
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
      mine[KINDS * (id < 0 ? index.references() : id) + (flag & UNMAPPED) / UNMAPPED]++;
    }
  }

  /**
   * Compares, after everything has been read, by threads that have ended.
   *
   * @throws UnusableIndexException if the index holds another count for a reference read whole
   */
  public void check() throws UnusableIndexException {
    for (int id = whole.nextSetBit(0); id >= 0; id = whole.nextSetBit(id + 1)) {
      if (id == index.references()) {
        require("unplaced", "*", index.unplacedCount(), counted(id, 0) + counted(id, 1));
      } else {
        String name = input.header().references().get(id).name();
        require("mapped", name, index.mappedCount(id), counted(id, 0));
        require("unmapped", name, index.unmappedCount(id), counted(id, 1));
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
          index.name(),
          "it counts %d %s records of %s, %d have been read".formatted(told, kind, name, read));
    }
  }
}
