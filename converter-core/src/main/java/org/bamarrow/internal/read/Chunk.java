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
 * chunk is completed from that chunk's raw bytes. Owned by one worker, filled anew for each claim.
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

  /** Where the next record starts, as far as it has been walked; may lie in a later chunk. */
  private long next;

  /** Records of the range before the chunk's first one, and where that starts: for errors. */
  private long before;

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
  void inflate(ChunkInFlight claim, Runnable afterBlock) throws IOException {
    claim.requireRead();
    input = claim.range.input();
    count = 0;
    needed = 0;
    next = UNKNOWN;
    RawChunk raw = claim.raw;
    bound = bound(claim);
    buffer.clear();
    buffer.reserve((int) raw.inflatedSize());
    claim.data = buffer.data();
    for (int i = 0; i < raw.blocks(); i++) {
      buffer.append(raw, i, inflater, file());
      claim.inflated = buffer.size();
      afterBlock.run();
    }
  }

  /** The range may end inside its last block. */
  private static int bound(ChunkInFlight claim) {
    RawChunk raw = claim.raw;
    int last = raw.blocks() - 1;
    long end = claim.range.end();
    int size = (int) raw.inflatedSize();
    return claim.endsRange() && raw.position(last) == VirtualOffset.block(end)
        ? Math.min(size, size - raw.inflatedLength(last) + VirtualOffset.within(end))
        : size;
  }

  /**
   * Finds the records that start in what has been inflated so far, while it is in the cache; in the
   * turn to walk. What does not look like a record is left to {@link #walk}, so that errors come in
   * the same order always.
   */
  void walkAhead(ChunkInFlight claim, ChunkWalk walk, long limit) {
    if (next == UNKNOWN) {
      next = firstStart(claim, walk);
    }
    int last = Math.min(buffer.size() - 4, bound - 1);
    long before = UNKNOWN;
    while (next <= last && next != before && count < limit) {
      before = next;
      next = hop((int) next, last, (int) Math.min(limit - count, HOPS));
    }
  }

  /**
   * Finds the records that start in the chunk, at most {@code limit}; in the turn to walk. Hops
   * along block_size only.
   */
  void walk(ChunkInFlight claim, ChunkWalk walk, long limit, ChunkQueue queue) throws IOException {
    walkAhead(claim, walk, limit);
    if (claim.skip >= 0) {
      walk.ofRange = 0;
    }
    before = walk.ofRange;
    first = count > 0 ? starts[0] : (int) next;
    fromStart = claim.range.start() == input.header().firstRecord();
    int size = buffer.size();
    if (count == 0 && next >= bound) {
      walk.skip = next - size;
      return;
    }
    int at = (int) next;
    if (at < bound && size - at < 4 && count < limit) {
      tail.hold(claim, at + 4L, queue, maxRecord);
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
      tail.hold(claim, at, queue, maxRecord);
    }
  }

  /**
   * Virtual offset of the first record behind the range, or {@link RecordFinder#NONE}; after {@link
   * #walk}, in the same turn, for the last chunk of a range.
   */
  long nextStart(ChunkInFlight claim, ChunkQueue queue) throws IOException {
    int size = (int) claim.raw.inflatedSize();
    if (next < size) {
      return buffer.virtualOffset((int) next);
    }
    long left = next - size;
    List<ChunkInFlight> claims = queue.followingIfAny(claim, left + 1, maxRecord);
    long found = RecordFinder.NONE;
    for (ChunkInFlight behind : claims) {
      for (int i = 0; i < behind.raw.blocks() && found == RecordFinder.NONE; i++) {
        if (left < behind.raw.inflatedLength(i)) {
          found = VirtualOffset.of(behind.raw.position(i), (int) left);
        }
        left -= behind.raw.inflatedLength(i);
      }
      queue.release(behind);
    }
    return found;
  }

  private static long firstStart(ChunkInFlight claim, ChunkWalk walk) {
    return claim.skip >= 0 ? claim.skip : walk.skip;
  }

  /**
   * Hops over up to {@code hops} records that start from {@code from} to {@code last}; a method
   * that is entered often is compiled sooner than a loop that runs long.
   *
   * @return where the next record starts, or what cannot be one
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

  /** Inflated bytes that the records found need, those in later chunks included. */
  long needed() {
    return needed;
  }

  /** Inflates what the last record needs of the following chunks; outside the turn. */
  void completeLast(ChunkQueue queue) throws BamFormatException {
    if (count > 0) {
      tail.complete(RecordLayout.end(buffer.data(), starts[count - 1]), file());
    }
    tail.release(queue);
  }

  /** Keeps the records that the filter accepts. */
  void filter(RecordFilter filter) throws BamFormatException {
    int kept = 0;
    for (int row = 0; row < count; row++) {
      if (filter.accepts(this, row)) {
        starts[kept++] = starts[row];
      }
    }
    count = kept;
  }

  void truncate(long rows) {
    count = (int) Math.min(count, rows);
  }

  private boolean isHeader(byte[] data, int at) {
    return SecondHeader.standsAt(data, at, buffer.size(), header().references().size());
  }

  private BamFormatException wrongSize(int at, int blockSize) {
    long place = buffer.virtualOffset(at);
    if (blockSize == SecondHeader.MAGIC && isHeader(buffer.data(), at)) {
      return SecondHeader.error(file(), place);
    }
    return WrongBlockSize.error(file(), nextPlace(), place, blockSize, maxRecord);
  }

  /** Of the record behind those found. */
  private RecordPlace nextPlace() {
    return new RecordPlace(before + count + 1, fromStart, null, null);
  }

  @Override
  public long number(int row) {
    long number = before + 1; // counted only now, so that nothing is kept for each record
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

  /** Inflated bytes held, those of later chunks included. */
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
