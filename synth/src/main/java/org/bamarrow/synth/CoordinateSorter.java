package org.bamarrow.synth;

import java.io.IOException;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Holds records until no earlier one can follow. The number held is bounded by the extent of a
 * template and by {@link #mayReachFar}, so memory does not grow with the file.
 */
final class CoordinateSorter {
  private record Waiting(long key, long order, byte[] record) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int byKey = Long.compare(key, other.key);
      return byKey != 0 ? byKey : Long.compare(order, other.order);
    }
  }

  private final boolean sorted;
  private final int most;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private final Bytes out = new Bytes(0);
  private long added;

  /** Unsorted: records are passed on immediately. */
  CoordinateSorter(boolean sorted, int most) {
    this.sorted = sorted;
    this.most = most;
  }

  /** Whether a template may have a record far away, which would be held for long. */
  boolean mayReachFar() {
    return waiting.size() < most;
  }

  void add(int ref, int pos, Bytes record, RecordSink sink) throws IOException {
    if (sorted) {
      byte[] copy = Arrays.copyOf(record.array, record.length);
      waiting.add(new Waiting(key(ref, pos), added++, copy));
    } else {
      sink.accept(record);
    }
  }

  /** Passes on records before a coordinate: all later records are at or after it. */
  void releaseBefore(int ref, int pos, RecordSink sink) throws IOException {
    release(key(ref, pos), sink);
  }

  void releaseAll(RecordSink sink) throws IOException {
    release(Long.MAX_VALUE, sink);
  }

  private void release(long before, RecordSink sink) throws IOException {
    while (!waiting.isEmpty() && waiting.peek().key < before) {
      out.array = waiting.poll().record;
      out.length = out.array.length;
      sink.accept(out);
    }
  }

  private static long key(int ref, int pos) {
    return (long) ref << 32 | pos;
  }
}
