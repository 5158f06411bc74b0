package org.bamarrow.index;

/**
 * A run of records that an index tells of, and what it tells of the first one.
 *
 * @param start BGZF virtual offset of the first record
 * @param end virtual offset behind the last record; {@link Long#MAX_VALUE}: the end of the file
 * @param referenceId 0-based id of the first record's reference; -1 for an unplaced record
 * @param from 0-based, least position of the first record
 * @param to 0-based, above its greatest position
 */
public record IndexChunk(long start, long end, int referenceId, long from, long to) {}
