package org.bamarrow.convert;

/**
 * How many entries of a filter's list were found in the input.
 *
 * @param listed number of distinct entries in the list
 * @param found number of entries that occurred in a record, or for the references of a BED file in
 *     a header; -1: more than 0, exact number not known (a list of more than a million entries on a
 *     cluster)
 */
public record ListMatch(long listed, long found) {}
