package org.bamarrow.internal.read;

import org.bamarrow.io.VirtualOffset;

/**
 * The records of one input whose virtual offset (SAM specification 4.1.1) is in {@code [start,
 * end)}. The last record may extend past {@code end}.
 *
 * @param start virtual offset of a record, or of the end of the file
 * @param end {@link #TO_END}, or any virtual offset; it need not be the start of a record
 * @param lead inflated bytes of the range's first chunk that precede the block of {@code start}.
 *     They are not read, but the chunk ends at the same block as if they were
 */
public record BamRange(BamInput input, long start, long end, long lead) {
  /** Value of {@code end}: the end of the file. */
  public static final long TO_END = Long.MAX_VALUE;

  /** A range whose first chunk begins with the block of {@code start}. */
  public BamRange(BamInput input, long start, long end) {
    this(input, start, end, 0);
  }

  /** All records of an input. */
  public static BamRange whole(BamInput input) {
    return new BamRange(input, input.header().firstRecord(), TO_END);
  }

  /** Whether no record can start in this range. */
  boolean isEmpty() {
    return start >= end;
  }

  /** File offset, exclusive, of the last block in which a record of this range may start. */
  long stop() {
    return VirtualOffset.within(end) == 0 || end == TO_END
        ? VirtualOffset.block(end)
        : VirtualOffset.block(end) + 1;
  }

  /** Compressed bytes of the file before the range; 0 if the range follows the header. */
  long origin() {
    return start == input.header().firstRecord() ? 0 : VirtualOffset.block(start);
  }
}
