package org.bamarrow.internal.parts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.internal.read.SplitPlanner;
import org.bamarrow.parts.PartSize;

/**
 * Cuts inputs into parts, each of one input. Parts start on the grid of chunks, so that their
 * batches are those of the whole.
 */
public final class PartPlan {
  /** Divides inputs into parts, such as {@link #bySize} and {@link #byCount}. */
  public interface Cut {
    /**
     * {@return the parts' places in the inputs, in the order of the rows}
     *
     * @param sizes sizes of the inputs in bytes
     * @param grid parts start at its multiples
     */
    List<PartInput> plan(List<Long> sizes, long grid);
  }

  private PartPlan() {}

  /** Divides inputs into parts of this size. */
  public static Cut of(PartSize size) {
    return size instanceof PartSize.Count count
        ? (sizes, grid) -> byCount(sizes, count.parts(), grid)
        : (sizes, grid) -> bySize(sizes, ((PartSize.Bytes) size).bytes(), grid);
  }

  /**
   * Parts of about this number of compressed bytes.
   *
   * @param sizes of the inputs in bytes
   * @param bytes compressed bytes of a part, about
   * @param grid parts start at its multiples ({@link org.bamarrow.convert.BatchOptions#chunkBytes})
   * @return in the order of the rows; a part's number is its place
   */
  static List<PartInput> bySize(List<Long> sizes, long bytes, long grid) {
    long[] counts =
        sizes.stream().mapToLong(size -> SplitPlanner.bySize(size, bytes).size()).toArray();
    return plan(sizes, counts, grid);
  }

  /**
   * {@return this number of parts, shared among the inputs by their sizes; fewer where the grid
   * leaves no room}
   *
   * @see #bySize
   * @param sizes sizes of the inputs in bytes
   * @param parts number of parts of all inputs together, about
   * @param grid parts start at its multiples
   */
  public static List<PartInput> byCount(List<Long> sizes, int parts, long grid) {
    if (parts < sizes.size()) {
      throw new IllegalArgumentException(
          String.format(
              "%d parts of %d inputs: a part holds records of one input, so at least %2$d are"
                  + " needed",
              parts, sizes.size()));
    }
    long[] counts = new long[sizes.size()];
    Arrays.fill(counts, 1);
    PriorityQueue<Integer> largestFirst =
        new PriorityQueue<>(Comparator.comparingDouble(i -> -(double) sizes.get(i) / counts[i]));
    for (int i = 0; i < counts.length; i++) {
      largestFirst.add(i);
    }
    for (int left = parts - counts.length; left > 0; left--) {
      int largest = largestFirst.remove();
      counts[largest]++;
      largestFirst.add(largest);
    }
    return plan(sizes, counts, grid);
  }

  private static List<PartInput> plan(List<Long> sizes, long[] counts, long grid) {
    List<PartInput> parts = new ArrayList<>();
    for (int input = 0; input < counts.length; input++) {
      for (BamSplit split : SplitPlanner.byCount(sizes.get(input), counts[input], grid)) {
        parts.add(new PartInput(input, split));
      }
    }
    return parts;
  }
}
