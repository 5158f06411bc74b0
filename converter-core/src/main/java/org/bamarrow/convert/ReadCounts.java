package org.bamarrow.convert;

import java.util.Map;

/**
 * Counts of what has been read so far.
 *
 * @param records records read
 * @param rows records that passed the filters and the limit
 * @param removed as {@link ConvertReport#removed}
 * @param blocks BGZF blocks read, starting at the one with the first record
 * @param bytesIn compressed bytes read
 * @param bytesInflated inflated bytes
 * @param qualitiesTakenAsMissing rows whose QUAL begins with 0xff (missing, SAM specification 4.2)
 *     and has other bytes after it: null
 */
public record ReadCounts(
    long records,
    long rows,
    Map<String, Long> removed,
    long blocks,
    long bytesIn,
    long bytesInflated,
    long qualitiesTakenAsMissing) {}
