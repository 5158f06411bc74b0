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
 * Finds the first record that starts at or after a place in the file. What it finds past the header
 * is a hypothesis (BAM has no mark at a record's start): the caller proves it by reading up to it.
 *
 * <p>A candidate counts if its fixed fields, name, CIGAR and auxiliary fields fill its block_size
 * exactly, and if records follow one another from there for {@link Proof#records} records and
 * {@link Proof#bytes} bytes, or to the exact end of the file. So a fake, such as a BAM inside a B
 * array, must go on past its container. Where the first such candidate does not look like a record
 * of its file ({@link RecordPlausibility}), a plausible one that starts before its chain becomes
 * plausible is preferred.
 *
 * <p>No distance is too long for the search. Memory: the largest record plus a few MiB, and never
 * more than the file holds, whatever a candidate's fields claim. One thread at a time.
 */
public final class RecordFinder implements AutoCloseable {
  /** No record starts at or after the place before the end of the file. */
  public static final long NONE = -1;

  /**
   * How far records must follow one another from a candidate on.
   *
   * @param records least number of records
   * @param bytes least number of inflated bytes
   */
  public record Proof(int records, int bytes) {
    /** For splits. */
    public static final Proof STRICT = new Proof(10, 1 << 20);

    /** For samples, where a wrong guess costs no record. */
    public static final Proof QUICK = new Proof(3, 1 << 16);
  }

  /** Bytes of the window behind the place of interest that are not dropped. */
  private static final int SLIDE_BYTES = 1 << 22;

  private static final int MOST_DEAD = 1 << 16;

  /**
   * Records that may be walked in search of a plausible start once there is one that is not: many
   * times what a proof takes, so that only a file made for it gets there.
   */
  private static final int MOST_DOUBTS = 1 << 20;

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

  /** Starts of records, from the start of the search on, whose chains are known to break. */
  private final Set<Long> dead = new HashSet<>();

  /** Starts on chains that are proved, but implausible as far as the end of the search. */
  private final Set<Long> doubtful = new HashSet<>();

  private long[] chain = new long[64];
  private int chained;

  /** Records walked in this search since the first chain was proved. */
  private int doubts;

  /** Of the last chain: the first start that looks plausible, or the chain's end. */
  private long plausibleFrom;

  /**
   * @param maxRecord the largest block_size to take for a record; larger ones are not found
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
   * Lets what is read from now on cost no more than this.
   *
   * @see ReadBudget.SpentException
   */
  public void allow(ReadBudget most) {
    window.allow(most);
  }

  /**
   * The virtual offset of the first record that starts in or after the first block at or after byte
   * {@code position}, or {@link #NONE}. Exact up to the block where the header ends.
   *
   * @throws org.bamarrow.io.BamFormatException if a block that the search or the proof comes to is
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
    dead.clear();
    doubtful.clear();
    doubts = 0;
    long second = NONE;
    long end = Long.MAX_VALUE;
    while (nextCandidate() && base + at < end && doubts < MOST_DOUBTS) {
      long place = base + at;
      if (!dead.contains(place) && !doubtful.contains(place) && leadsOn()) {
        if (plausibleFrom == place) {
          return window.virtualOffset(at);
        }
        if (second == NONE) {
          second = window.virtualOffset(at);
          end = plausibleFrom;
          doubts = 0;
        }
        // Those before the chain becomes plausible lead on to the same: none can be preferred.
        remember(chained, plausibleFrom, doubtful);
      }
      at++;
    }
    if (second != NONE) {
      open(second, 0);
    }
    return second;
  }

  /**
   * Goes to a virtual offset that somebody tells to be a record's start; {@link #next} finds out.
   *
   * @return the same place in the one form that a reader gives, with the block that holds the byte
   *     at it; {@link #NONE} where the file ends before it
   * @throws org.bamarrow.io.BamFormatException if no sound block is there
   */
  public long goTo(long virtualOffset) throws IOException {
    open(virtualOffset, 0);
    return window.ensure(at + 1L) ? window.virtualOffset(at) : NONE;
  }

  /**
   * Goes on from the record found to the one behind it; for the first call, to the one found.
   *
   * @return false where no whole, sound record follows
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

  /** Virtual offset behind the record of {@link #next}, as {@link #goTo} gives it. */
  public long nextOffset() throws IOException {
    return window.ensure(at + 1L) ? window.virtualOffset(at) : NONE;
  }

  /** Whether the file ends behind the last record that {@link #next} gave. */
  public boolean atEnd() throws IOException {
    return !window.ensure(at + 1L);
  }

  /** The bytes that hold the record of {@link #next}; valid until the next call. */
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

  /** The first record of the file: known, not guessed. */
  private long first() throws IOException {
    open(firstRecord, 0);
    return window.ensure(at + 1L) ? window.virtualOffset(at) : NONE;
  }

  /** Puts the window at a virtual offset that is {@code place} bytes past the search's start. */
  private void open(long virtualOffset, long place) {
    window.open(VirtualOffset.block(virtualOffset));
    at = VirtualOffset.within(virtualOffset);
    base = place - at;
  }

  /** Goes to the next offset whose first fields may be a record's; false at the file's end. */
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

  /** Whether records follow one another from the candidate on, as the proof wants. */
  private boolean leadsOn() throws IOException {
    long candidate = window.virtualOffset(at);
    long start = base + at;
    long windowStart = base;
    boolean leadsOn = walk(start);
    if (base == windowStart) {
      at = (int) (start - base);
    } else {
      open(candidate, start);
      window.ensure(at);
    }
    return leadsOn;
  }

  private boolean walk(long start) throws IOException {
    plausibleFrom = NONE;
    int count = 0;
    do {
      slide();
      int end = dead.contains(base + at) ? -1 : probe.end(at);
      if (end < 0) {
        remember(count, Long.MAX_VALUE, dead);
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
      doubts++;
      at = end;
    } while ((count < proof.records || base + at - start < proof.bytes) && window.ensure(at + 1L));
    if (plausibleFrom == NONE) {
      plausibleFrom = base + at;
    }
    return true;
  }

  /** What stands on a chain is not tried again: n fakes in a row cost n steps, not n². */
  private void remember(int count, long before, Set<Long> starts) {
    if (starts.size() > MOST_DEAD) {
      starts.clear();
    }
    for (int i = 1; i < count && chain[i] < before; i++) {
      starts.add(chain[i]);
    }
  }

  /** Drops what lies before the current offset where that is much. */
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
