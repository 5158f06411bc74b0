package org.bamarrow.internal.read;

import java.io.IOException;
import org.bamarrow.internal.base.Rethrow;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;

/**
 * One chunk on its way through the pipeline. The queue's lock guards {@code next} and {@code
 * references}; the rest is set before anyone else sees the claim.
 */
final class ChunkInFlight {
  /** The index of a chunk behind the range's end, which no worker claims. */
  static final long UNCLAIMED = -1;

  /** 0-based number over all ranges: the chunk's place in the order of everything. */
  final long index;

  final BamRange range;

  /** Bytes before the first record, for the first chunk of a range; else -1. */
  final int skip;

  final RawChunk raw;

  /** Why the chunk could not be read, null where it was; {@link #requireRead} throws it. */
  final Throwable error;

  /** Time that reading the chunk took, by whichever thread. */
  final long readNanoseconds;

  /** Time that this chunk's worker spent reading later chunks. */
  long aheadNanoseconds;

  /** The following chunk of the same file, once it has been read. */
  ChunkInFlight next;

  /** Reads on behind a range, for the range's last chunk and those behind it; else null. */
  final RawChunkReader beyond;

  /** The inflated bytes of its worker; read by others after {@link #inflated}. */
  byte[] data;

  /**
   * How many bytes of {@link #data} are inflated and checked. They stay until this chunk has been
   * delivered, and so until every chunk before it has: those may copy from them.
   */
  volatile int inflated;

  /** The worker that claimed it, and those that need its bytes for a record that began earlier. */
  int references;

  ChunkInFlight(
      long index,
      BamRange range,
      int skip,
      RawChunk raw,
      RawChunkReader beyond,
      Throwable error,
      long readNanoseconds) {
    this.index = index;
    this.range = range;
    this.skip = skip;
    this.raw = raw;
    this.beyond = beyond;
    this.error = error;
    this.readNanoseconds = readNanoseconds;
    this.references = index == UNCLAIMED ? 0 : 1;
  }

  /** Whether the range ends with this chunk, but not its file. */
  boolean endsRange() {
    return beyond != null;
  }

  String file() {
    return range.input().source().name();
  }

  /** Throws why the chunk could not be read, in the place in the order where its rows would be. */
  void requireRead() throws IOException {
    Rethrow.ifAny(error);
  }
}
