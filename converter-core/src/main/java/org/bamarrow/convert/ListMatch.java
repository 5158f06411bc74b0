package org.bamarrow.convert;

/**
 * How much of a filter's list was there to be found.
 *
 * @param listed distinct names in the list
 * @param found those of them that a record had; of a BED's references, those that a header has. -1:
 *     some, and how many is not known (a list of more than a million, on a cluster)
 */
public record ListMatch(long listed, long found) {}
