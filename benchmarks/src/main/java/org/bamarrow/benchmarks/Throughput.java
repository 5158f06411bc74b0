package org.bamarrow.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The columns that JMH adds to its table: a second and thread. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Throughput {
  private double records;
  private double bytes;

  @Setup(Level.Iteration)
  public void reset() {
    records = 0;
    bytes = 0;
  }

  void add(HeadSlice slice) {
    records += slice.count();
    bytes += slice.bytes();
  }

  void addBytes(int more) {
    bytes += more;
  }

  public double millionRecords() {
    return records / 1e6;
  }

  /** Inflated megabytes of whole records, not only of the bytes that the loop looks at. */
  public double megabytes() {
    return bytes / 1e6;
  }
}
