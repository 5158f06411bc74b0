package org.bamarrow.spark.job;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/**
 * An accumulator of the list entries that tasks found, by list. It is a set union, so a task may
 * run twice. Registered without a name, so that Spark keeps no copy of each task's update.
 */
final class FoundEntries extends AccumulatorV2<Map<String, BitSet>, Map<String, BitSet>> {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, BitSet> found = new HashMap<>();

  @Override
  public boolean isZero() {
    return found.isEmpty();
  }

  @Override
  public FoundEntries copy() {
    FoundEntries copy = new FoundEntries();
    copy.add(found);
    return copy;
  }

  @Override
  public void reset() {
    found.clear();
  }

  @Override
  public void add(Map<String, BitSet> more) {
    more.forEach((list, entries) -> found.computeIfAbsent(list, any -> new BitSet()).or(entries));
  }

  @Override
  public void merge(AccumulatorV2<Map<String, BitSet>, Map<String, BitSet>> other) {
    add(other.value());
  }

  @Override
  public Map<String, BitSet> value() {
    return found;
  }
}
