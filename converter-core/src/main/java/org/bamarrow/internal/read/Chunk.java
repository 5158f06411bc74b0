package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bamarrow.errors.RecordPlace;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.BlockBuffer;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.VirtualOffset;

/**
 * The inflated chunk of one worker and the records that start in it. A record that ends in a later
 * chunk is completed from that chunk's raw bytes. Owned by one worker and reused for each chunk.
 */
final class Chunk implements RecordSlice {
  private static final int HOPS = 64;
  private static final long UNKNOWN = -1;

  private final BlockInflater inflater;
  private final int maxRecord;
  private final BlockBuffer buffer = new BlockBuffer();
  private int[] starts = new int[1 << 12];
  private int count;
  private BamInput input;

  /** Inflated bytes of the chunk's own blocks in which its records may start. */
  private int bound;

  private final ChunkTail tail;
  private long needed;

  /** Offset of the next record after those found so far; may be in a later chunk. */
  private long next;

  /** Records of the range before the first one of this chunk, for record numbers in errors. */
  private long before;

  /** Offset of the first record of this chunk. */
  private int first;

  /** Whether the range starts with the file's first record. */
  private boolean fromStart;

  Chunk(BlockInflater inflater, int maxRecord) {
    this.inflater = inflater;
    this.maxRecord = maxRecord;
    this.tail = new ChunkTail(buffer, inflater);
  }

  /**
   * Inflates the chunk's own blocks.
   *
   * @param afterBlock run after each block
   */
  void inflate(ChunkInFlight inFlight, Runnable afterBlock) throws IOException {
    inFlight.requireRead();
    input = inFlight.range.input();
    count = 0;
    needed = 0;
    next = UNKNOWN;
    RawChunk raw = inFlight.raw;
    bound = bound(inFlight);
    buffer.clear();
    buffer.reserve((int) raw.inflatedSize());
    inFlight.data = buffer.data();
    for (int i = 0; i < raw.blocks(); i++) {
      buffer.append(raw, i, inflater, file());
      inFlight.inflated = buffer.size();
      afterBlock.run();
    }
  }

  /** End of the offsets at which records may start: the range may end inside its last block. */
  private static int bound(ChunkInFlight inFlight) {
    RawChunk raw = inFlight.raw;
    int last = raw.blocks() - 1;
    long end = inFlight.range.end();
    int size = (int) raw.inflatedSize();
    return inFlight.endsRange() && raw.position(last) == VirtualOffset.block(end)
        ? Math.min(size, size - raw.inflatedLength(last) + VirtualOffset.within(end))
        : size;
  }

  /**
   * Finds the records that start in the bytes inflated so far, while these are in the CPU cache.
   * Called while the walk gate is open for this chunk. Invalid records are left to {@link #walk},
   * so that the order of errors does not depend on timing.
   */
  void walkAhead(ChunkInFlight inFlight, ChunkWalk walk, long limit) {
    if (next == UNKNOWN) {
      next = firstStart(inFlight, walk);
    }
    int last = Math.min(buffer.size() - 4, bound - 1);
    long before = UNKNOWN;
    while (next <= last && next != before && count < limit) {
      before = next;
      next = hop((int) next, last, (int) Math.min(limit - count, HOPS));
    }
  }

  /**
   * Finds the records that start in the chunk, at most {@code limit}, by following block_size.
   * Called inside the walk gate.
   */
  void walk(ChunkInFlight inFlight, ChunkWalk walk, long limit, ChunkQueue queue)
      throws IOException {
    walkAhead(inFlight, walk, limit);
    if (inFlight.skip >= 0) {
      walk.ofRange = 0;
    }
    before = walk.ofRange;
    first = count > 0 ? starts[0] : (int) next;
    fromStart = inFlight.range.start() == input.header().firstRecord();
    int size = buffer.size();
    if (count == 0 && next >= bound) {
      walk.skip = next - size;
      return;
    }
    int at = (int) next;
    if (at < bound && size - at < 4 && count < limit) {
      tail.hold(inFlight, at + 4L, queue, maxRecord);
      tail.complete(at + 4, file());
      at = hop(at, at, 1);
    }
    if (at < bound && count < limit) {
      throw wrongSize(at, LittleEndian.int32(buffer.data(), at));
    }
    needed = Math.max(size, at);
    walk.records += count;
    walk.ofRange += count;
    walk.skip = at - size;
    next = at;
    if (at > buffer.size()) {
      tail.hold(inFlight, at, queue, maxRecord);
    }
  }

  /**
   * Virtual offset of the first record after the range, or {@link RecordFinder#NONE}. Called for
   * the last chunk of a range, after {@link #walk} and still inside the walk gate.
   */
  long nextStart(ChunkInFlight inFlight, ChunkQueue queue) throws IOException {
    int size = (int) inFlight.raw.inflatedSize();
    if (next < size) {
      return buffer.virtualOffset((int) next);
    }
    long left = next - size;
    List<ChunkInFlight> following = queue.followingIfAny(inFlight, left + 1, maxRecord);
    long found = RecordFinder.NONE;
    for (ChunkInFlight later : following) {
      for (int i = 0; i < later.raw.blocks() && found == RecordFinder.NONE; i++) {
        if (left < later.raw.inflatedLength(i)) {
          found = VirtualOffset.of(later.raw.position(i), (int) left);
        }
        left -= later.raw.inflatedLength(i);
      }
      queue.release(later);
    }
    return found;
  }

  private static long firstStart(ChunkInFlight inFlight, ChunkWalk walk) {
    return inFlight.skip >= 0 ? inFlight.skip : walk.skip;
  }

  /**
   * Skips over at most {@code hops} records that start in {@code [from, last]}. A short method: see
   * docs/performance.md, "Start-up and the JVM".
   *
   * @return offset of the next record, or of bytes that cannot be a record
   */
  private int hop(int from, int last, int hops) {
    if (starts.length - count < hops) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    byte[] data = buffer.data();
    int at = from;
    int to = count + hops;
    while (at <= last && count < to) {
      int blockSize = LittleEndian.int32(data, at);
      if (blockSize < RecordLayout.FIXED_BYTES
          || blockSize > maxRecord
          || blockSize == SecondHeader.MAGIC && isHeader(data, at)) {
        return at;
      }
      starts[count++] = at;
      at += 4 + blockSize;
    }
    return at;
  }

  /** Inflated bytes that the records found occupy, including those in later chunks. */
  long needed() {
    return needed;
  }

  /** Completes the last record from the following chunks; called after the walk gate. */
  void completeLast(ChunkQueue queue) throws BamFormatException {
    if (count > 0) {
      tail.complete(RecordLayout.end(buffer.data(), starts[count - 1]), file());
    }
    tail.release(queue);
  }

  /**
   * Keeps the records that both filters accept; either may be null.
   *
   * @return number of records that the first one refused; the second one does not see them
   */
  int filter(RecordFilter first, RecordFilter second) throws BamFormatException {
    int kept = 0;
    int refused = 0;
    for (int row = 0; row < count; row++) {
      if (first != null && !first.accepts(this, row)) {
        refused++;
      } else if (second == null || second.accepts(this, row)) {
        starts[kept++] = starts[row];
      }
    }
    count = kept;
    return refused;
  }

  void truncate(long rows) {
    count = (int) Math.min(count, rows);
  }

  private boolean isHeader(byte[] data, int at) {
    return SecondHeader.isAt(data, at, buffer.size(), header().references().size());
  }

  private BamFormatException wrongSize(int at, int blockSize) {
    long place = buffer.virtualOffset(at);
    if (blockSize == SecondHeader.MAGIC && isHeader(buffer.data(), at)) {
      return SecondHeader.error(file(), place);
    }
    return WrongBlockSize.error(file(), nextPlace(), place, blockSize, maxRecord);
  }

  /** The record after those found. */
  private RecordPlace nextPlace() {
    return new RecordPlace(before + count + 1, fromStart, null, null);
  }

  @Override
  public long number(int row) {
    long number = before + 1; // counted on demand: no number is stored per record
    for (int at = first; at < starts[row]; at = RecordLayout.end(buffer.data(), at)) {
      number++;
    }
    return number;
  }

  @Override
  public boolean fromStart() {
    return fromStart;
  }

  @Override
  public byte[] data() {
    return buffer.data();
  }

  /** Inflated bytes held, including those of later chunks. */
  int size() {
    return buffer.size();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int start(int row) {
    return starts[row];
  }

  @Override
  public BamHeader header() {
    return input.header();
  }

  @Override
  public String file() {
    return input.source().name();
  }

  @Override
  public long virtualOffset(int row) {
    return buffer.virtualOffset(starts[row]);
  }

  void close() {
    buffer.close();
  }
}
