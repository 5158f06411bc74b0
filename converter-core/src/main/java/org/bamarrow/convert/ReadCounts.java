package org.bamarrow.convert;

/**
 * How much was read so far.
 *
 * @param records records read
 * @param rows of those, the records that the filters and the limit left
 * @param blocks BGZF blocks read, from the one with the first record on
 * @param bytesIn compressed bytes read
 * @param bytesInflated bytes inflated from them
 * @param qualitiesTakenAsMissing rows whose QUAL begins with 0xff (missing, SAM specification 4.2)
 *     and has other bytes after it: null
 */
public record ReadCounts(
    long records,
    long rows,
    long blocks,
    long bytesIn,
    long bytesInflated,
    long qualitiesTakenAsMissing) {}
