package org.bamarrow.internal.parts;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which parts to write next, so that exactly the first rows of all are written without reading far
 * behind them. Without a limit all parts are one wave. With a limit waves go from the front, the
 * first of one part and each four times as large as the one before, with no part longer than what
 * was left before its wave. The part in which the limit lies is written once more, cut, unless it
 * fits; what lies behind it is dropped. Parts of a wave may be written in any order, anywhere. For
 * one thread.
 */
public final class PartWaves {
  private static final int GROWTH = 4;

  /**
   * One part to write.
   *
   * @param number 0-based
   * @param limit maximum rows; -1: all
   */
  public record Task(int number, long limit) implements Serializable {}

  private final PartResult[] results;
  private final long limit;
  private int width = 1;

  /**
   * Plans the waves; no part has been written yet.
   *
   * @param parts number of parts, at least 1
   * @param limit rows of all parts together; -1: all
   */
  PartWaves(int parts, long limit) {
    this.results = new PartResult[parts];
    this.limit = limit;
  }

  /**
   * {@return the next wave; empty where all is written}. All tasks of the wave before have been
   * done.
   */
  List<Task> next() {
    long left = limit;
    int done = 0;
    while (done < results.length && results[done] != null) {
      long rows = results[done].part().rows();
      if (limit >= 0 && rows > left) {
        dropFrom(done);
        return List.of(new Task(done, left));
      }
      left -= limit < 0 ? 0 : rows;
      done++;
      if (left == 0) {
        dropFrom(done);
        return List.of();
      }
    }
    int end = limit < 0 ? results.length : (int) Math.min(results.length, (long) done + width);
    width = (int) Math.min((long) width * GROWTH, results.length);
    List<Task> wave = new ArrayList<>();
    for (int number = done; number < end; number++) {
      wave.add(new Task(number, left));
    }
    return wave;
  }

  private void dropFrom(int number) {
    Arrays.fill(results, number, results.length, null);
  }

  /**
   * Takes the result of the one attempt at a task that counts.
   *
   * @param result what was written
   * @param task part that is written
   */
  void done(Task task, PartResult result) {
    results[task.number] = result;
  }

  /** {@return the results of all parts in the order of the rows; after the last wave} */
  List<PartResult> results() {
    return Arrays.stream(results).takeWhile(result -> result != null).toList();
  }
}
