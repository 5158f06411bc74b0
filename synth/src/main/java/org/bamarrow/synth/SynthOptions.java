package org.bamarrow.synth;

import java.util.Objects;

/**
 * Options of {@link SynthBam}. All except {@code threads} determine the bytes.
 *
 * @param profile kind of reads
 * @param records exact number of records, of all kinds together; ignored if targetBytes is set
 * @param targetBytes approximate size of the BAM in bytes, within a few percent; 0: use records
 * @param seed same seed, same bytes
 * @param sorted records by coordinate, unplaced ones last; false: in the order of an aligner.
 *     Profiles without coordinates ({@code singlecell}, {@code edge}) have only one order
 * @param aligned a record that fits a block never spans two (as htslib writes); false: blocks are
 *     filled (as htsjdk writes)
 * @param level deflate level, 0 to 9; 0 stores
 * @param blockBytes inflated bytes of a full block, {@value #MIN_BLOCK} to {@value #MAX_BLOCK}
 * @param threads threads that compress, in addition to the caller, which makes the records; 1: the
 *     caller does both
 */
public record SynthOptions(
    SynthProfile profile,
    long records,
    long targetBytes,
    long seed,
    boolean sorted,
    boolean aligned,
    int level,
    int blockBytes,
    int threads) {
  /** Smallest block: samtools needs the four bytes of the BAM magic in the first one. */
  public static final int MIN_BLOCK = 16;

  /** htslib's BGZF_BLOCK_SIZE: even incompressible data stays within the 64 KiB of BSIZE. */
  public static final int MAX_BLOCK = 0xff00;

  /** Checks every range. */
  public SynthOptions {
    Objects.requireNonNull(profile, "profile");
    require(records >= 0, "records must not be negative: " + records);
    require(targetBytes >= 0, "size must not be negative: " + targetBytes);
    require(level >= 0 && level <= 9, "level must be 0 to 9: " + level);
    require(
        blockBytes >= MIN_BLOCK && blockBytes <= MAX_BLOCK,
        "block size must be " + MIN_BLOCK + " to " + MAX_BLOCK + ": " + blockBytes);
    require(threads >= 1, "threads must be 1 or more: " + threads);
  }

  /** The given number of records, sorted, aligned blocks, level 5, one thread per processor. */
  public static SynthOptions of(SynthProfile profile, long records, long seed) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new SynthOptions(profile, records, 0, seed, true, true, 5, MAX_BLOCK, threads);
  }

  public SynthOptions withRecords(long count) {
    return new SynthOptions(profile, count, 0, seed, sorted, aligned, level, blockBytes, threads);
  }

  public SynthOptions withTargetBytes(long bytes) {
    return new SynthOptions(
        profile, records, bytes, seed, sorted, aligned, level, blockBytes, threads);
  }

  public SynthOptions withSorted(boolean byCoordinate) {
    return new SynthOptions(
        profile, records, targetBytes, seed, byCoordinate, aligned, level, blockBytes, threads);
  }

  /** With the given block layout and compression. */
  public SynthOptions withBlocks(boolean wholeRecords, int deflateLevel, int bytes) {
    return new SynthOptions(
        profile, records, targetBytes, seed, sorted, wholeRecords, deflateLevel, bytes, threads);
  }

  public SynthOptions withThreads(int count) {
    return new SynthOptions(
        profile, records, targetBytes, seed, sorted, aligned, level, blockBytes, count);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
