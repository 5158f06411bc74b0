package org.bamarrow.internal.bam;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bamarrow.internal.bgzf.BlockFinder;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.BlockWindow;
import org.bamarrow.internal.bgzf.ReadBudget;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.VirtualOffset;

/**
 * Finds the first record that starts at or after a position in the file. A result after the
 * header's block is a hypothesis (BAM has no marker at the start of a record): the caller verifies
 * it by reading the records before it.
 *
 * <p>A candidate is accepted if its fixed fields, name, CIGAR and auxiliary fields fill its
 * block_size exactly, and if it starts a chain of at least {@link Proof#records} consecutive
 * records and {@link Proof#bytes} bytes, or one that reaches the exact end of the file. So a false
 * candidate, such as a BAM embedded in a B array, would have to continue past the record that
 * contains it. If the first such candidate is not a plausible record of its file ({@link
 * RecordPlausibility}), a plausible candidate that starts before the first plausible record of its
 * chain is preferred.
 *
 * <p>The search distance is not limited. Memory: the largest record plus a few MiB, and never more
 * than the data in the file, whatever a candidate's fields contain. One thread at a time.
 */
public final class RecordFinder implements AutoCloseable {
  /** No record starts between the position and the end of the file. */
  public static final long NONE = -1;

  /**
   * The minimum length of the chain of consecutive records that a candidate must start.
   *
   * @param records minimum number of records
   * @param bytes minimum number of inflated bytes
   */
  public record Proof(int records, int bytes) {
    /** For splits. */
    public static final Proof STRICT = new Proof(10, 1 << 20);

    /** For samples, where a wrong result loses no record. */
    public static final Proof QUICK = new Proof(3, 1 << 16);
  }

  /** Bytes before the current offset that are kept in the window before it is moved. */
  private static final int SLIDE_BYTES = 1 << 22;

  private static final int MAX_REMEMBERED = 1 << 16;

  /**
   * Maximum number of records to read in search of a plausible candidate after an implausible one:
   * many times what a proof needs, so that only a crafted file reaches it.
   */
  private static final int MAX_WALKED = 1 << 20;

  private final BlockFinder blocks;
  private final BlockWindow window;
  private final RecordPlausibility plausibility;
  private final RecordProbe probe;
  private final long firstRecord;
  private final Proof proof;

  /** Offset in the window of the candidate, then of the record found. */
  private int at;

  private int recordAt;

  /** Inflated bytes between the start of the search and the start of the window. */
  private long base;

  /** Candidates, as offsets from the start of the search, whose chains end at an invalid record. */
  private final Set<Long> rejected = new HashSet<>();

  /** Candidates with valid chains of only implausible records within the search range. */
  private final Set<Long> implausible = new HashSet<>();

  private long[] chain = new long[64];
  private int chained;

  /** Records read in this search since the first valid chain was found. */
  private int walked;

  /** The first plausible record of the last chain, or the chain's end. */
  private long plausibleFrom;

  /**
   * @param maxRecord maximum block_size of a record; larger records are not found
   */
  public RecordFinder(
      ByteSource source, BamHeader header, BlockInflater inflater, int maxRecord, Proof proof) {
    this.blocks = new BlockFinder(source, inflater);
    this.window = new BlockWindow(source, inflater);
    this.plausibility = new RecordPlausibility(header);
    this.firstRecord = header.firstRecord();
    this.probe = new RecordProbe(window, header.references().size(), Math.min(maxRecord, 1 << 30));
    this.proof = proof;
  }

  /**
   * Limits everything that is read from now on to a budget.
   *
   * @see ReadBudget.SpentException
   */
  public void limit(ReadBudget budget) {
    window.limit(budget);
  }

  /**
   * The virtual offset of the first record that starts in or after the first block at or after byte
   * {@code position}, or {@link #NONE}. Exact up to the block where the header ends.
   *
   * @throws org.bamarrow.io.BamFormatException if a block that the search or the proof reads is
   *     damaged
   */
  public long find(long position) throws IOException {
    if (position <= VirtualOffset.block(firstRecord)) {
      return first();
    }
    long block = blocks.find(position);
    return block == BlockFinder.NONE ? NONE : findFromBlock(block);
  }

  /** As {@link #find}, where {@code block} is known to be the position of a block. */
  public long findFromBlock(long block) throws IOException {
    if (block <= VirtualOffset.block(firstRecord)) {
      return first();
    }
    open(VirtualOffset.of(block), 0);
    rejected.clear();
    implausible.clear();
    walked = 0;
    long fallback = NONE;
    long end = Long.MAX_VALUE;
    while (nextCandidate() && base + at < end && walked < MAX_WALKED) {
      long candidate = base + at;
      if (!rejected.contains(candidate) && !implausible.contains(candidate) && hasValidChain()) {
        if (plausibleFrom == candidate) {
          return window.virtualOffset(at);
        }
        if (fallback == NONE) {
          fallback = window.virtualOffset(at);
          end = plausibleFrom;
          walked = 0;
        }
        // Records of the chain before its first plausible one have the same chain: none is
        // preferred.
        remember(chained, plausibleFrom, implausible);
      }
      at++;
    }
    if (fallback != NONE) {
      open(fallback, 0);
    }
    return fallback;
  }

  /**
   * Moves to a virtual offset where a record is expected; {@link #next} checks it.
   *
   * @return the same position in canonical form, with the block that contains the byte; {@link
   *     #NONE} if the file ends before it
   * @throws org.bamarrow.io.BamFormatException if there is no valid block
   */
  public long goTo(long virtualOffset) throws IOException {
    open(virtualOffset, 0);
    return window.ensure(at + 1L) ? window.virtualOffset(at) : NONE;
  }

  /**
   * Advances to the next record; the first call advances to the record found.
   *
   * @return false if no whole, valid record follows
   */
  public boolean next() throws IOException {
    slide();
    recordAt = at;
    int end = probe.end(at);
    if (end < 0) {
      return false;
    }
    at = end;
    return true;
  }

  /** Virtual offset after the record of {@link #next}, in the form of {@link #goTo}. */
  public long nextOffset() throws IOException {
    return window.ensure(at + 1L) ? window.virtualOffset(at) : NONE;
  }

  /** Whether the file ends after the record of {@link #next}. */
  public boolean atEnd() throws IOException {
    return !window.ensure(at + 1L);
  }

  /** The array with the record of {@link #next}; valid until the next call. */
  public byte[] data() {
    return window.data();
  }

  /** Offset in {@link #data} of the record of {@link #next}. */
  public int start() {
    return recordAt;
  }

  /** Virtual offset of the record of {@link #next}. */
  public long virtualOffset() {
    return window.virtualOffset(recordAt);
  }

  /** The first record of the file, whose position is known from the header. */
  private long first() throws IOException {
    open(firstRecord, 0);
    return window.ensure(at + 1L) ? window.virtualOffset(at) : NONE;
  }

  /**
   * Moves the window to a virtual offset that is {@code fromStart} bytes past the start of the
   * search.
   */
  private void open(long virtualOffset, long fromStart) {
    window.open(VirtualOffset.block(virtualOffset));
    at = VirtualOffset.within(virtualOffset);
    base = fromStart - at;
  }

  /**
   * Advances to the next offset whose first fields may be a record's; false at the end of the file.
   */
  private boolean nextCandidate() throws IOException {
    while (true) {
      int last = window.size() - RecordLayout.READ_NAME;
      int candidate = probe.candidate(at, last);
      if (candidate >= 0) {
        at = candidate;
        return true;
      }
      at = Math.max(at, last + 1);
      slide();
      if (!window.ensure(at + (long) RecordLayout.READ_NAME)) {
        return false;
      }
    }
  }

  /** Whether the candidate starts a chain of records that satisfies the proof. */
  private boolean hasValidChain() throws IOException {
    long candidate = window.virtualOffset(at);
    long start = base + at;
    long windowStart = base;
    boolean validChain = walk(start);
    if (base == windowStart) {
      at = (int) (start - base);
    } else {
      open(candidate, start);
      window.ensure(at);
    }
    return validChain;
  }

  private boolean walk(long start) throws IOException {
    plausibleFrom = NONE;
    int count = 0;
    do {
      slide();
      int end = rejected.contains(base + at) ? -1 : probe.end(at);
      if (end < 0) {
        remember(count, Long.MAX_VALUE, rejected);
        return false;
      }
      if (plausibleFrom == NONE && plausibility.test(window.data(), at)) {
        plausibleFrom = base + at;
      }
      if (count == chain.length) {
        chain = Arrays.copyOf(chain, 2 * count);
      }
      chain[count++] = base + at;
      chained = count;
      walked++;
      at = end;
    } while ((count < proof.records || base + at - start < proof.bytes) && window.ensure(at + 1L));
    if (plausibleFrom == NONE) {
      plausibleFrom = base + at;
    }
    return true;
  }

  /**
   * Records of a chain are not tested again, so that n consecutive false candidates cost O(n), not
   * O(n²).
   */
  private void remember(int count, long end, Set<Long> starts) {
    if (starts.size() > MAX_REMEMBERED) {
      starts.clear();
    }
    for (int i = 1; i < count && chain[i] < end; i++) {
      starts.add(chain[i]);
    }
  }

  /** Drops the bytes before the current offset if there are many. */
  private void slide() throws IOException {
    if (at >= SLIDE_BYTES) {
      open(window.virtualOffset(at), base + at);
      window.ensure(at);
    }
  }

  @Override
  public void close() {
    window.close();
  }
}
