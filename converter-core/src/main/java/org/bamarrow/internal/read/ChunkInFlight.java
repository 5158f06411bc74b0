package org.bamarrow.internal.read;

import java.io.IOException;
import org.bamarrow.internal.base.Rethrow;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;

/**
 * One chunk that has been read and not yet delivered. The lock of {@link ChunkQueue} guards {@code
 * next} and {@code references}; other fields are set before the object is published to other
 * threads, except where noted.
 */
final class ChunkInFlight {
  /** Value of {@link #index} of a chunk after the end of a range, which has no worker. */
  static final long NO_WORKER = -1;

  /** 0-based number of the chunk over all ranges: its position in the order of the gates. */
  final long index;

  final BamRange range;

  /** Inflated bytes before the first record in the first chunk of a range; -1 in others. */
  final int skip;

  final RawChunk raw;

  /** Why the chunk could not be read, or null; thrown by {@link #requireRead}. */
  final Throwable error;

  /** Time that reading the chunk took, on whichever thread. */
  final long readNanoseconds;

  /** Time that this chunk's worker spent reading later chunks. */
  long aheadNanoseconds;

  /** The following chunk of the same file, once it has been read. */
  ChunkInFlight next;

  /** Reads past the end of a range: set for its last chunk and the chunks after it, else null. */
  final RawChunkReader beyond;

  /** The inflated bytes, set by its worker; others read {@link #inflated} before accessing them. */
  byte[] data;

  /**
   * Number of bytes of {@link #data} that are inflated and checked. They stay unchanged until this
   * chunk has been delivered, and therefore until all chunks before it, which may copy from them.
   */
  volatile int inflated;

  /**
   * Users of {@link #raw}: the chunk's worker and those that complete an earlier record from it.
   */
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
    this.references = index == NO_WORKER ? 0 : 1;
  }

  /** Whether the range ends with this chunk, before the end of its file. */
  boolean endsRange() {
    return beyond != null;
  }

  String file() {
    return range.input().source().name();
  }

  /** Throws the read error of this chunk, if any, at the chunk's position in file order. */
  void requireRead() throws IOException {
    Rethrow.ifAny(error);
  }
}
