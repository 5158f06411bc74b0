package org.bamarrow.internal.read;

import org.bamarrow.io.VirtualOffset;

/**
 * The records of one input that start at a virtual offset (SAM specification 4.1.1) from {@code
 * start}, inclusive, to {@code end}, exclusive. The last one's bytes may go on beyond.
 *
 * @param start where a record is known to start, or the file ends
 * @param end {@link #TO_END}, or any virtual offset, the start of a record or not
 * @param lead inflated bytes of the range's first chunk that lie before the block of {@code start}:
 *     nobody reads them, but the chunk ends where it would with them
 */
public record BamRange(BamInput input, long start, long end, long lead) {
  /** As an end: the end of the file. */
  public static final long TO_END = Long.MAX_VALUE;

  /** A range whose first chunk begins with the block of {@code start}. */
  public BamRange(BamInput input, long start, long end) {
    this(input, start, end, 0);
  }

  /** All records of an input. */
  public static BamRange whole(BamInput input) {
    return new BamRange(input, input.header().firstRecord(), TO_END);
  }

  /** Whether no record can start in it. */
  boolean isEmpty() {
    return start >= end;
  }

  /** The first byte of the file at which no block that matters starts. */
  long stop() {
    return VirtualOffset.within(end) == 0 || end == TO_END
        ? VirtualOffset.block(end)
        : VirtualOffset.block(end) + 1;
  }

  /** Compressed bytes of the file before the range, the header aside. */
  long origin() {
    return start == input.header().firstRecord() ? 0 : VirtualOffset.block(start);
  }
}
