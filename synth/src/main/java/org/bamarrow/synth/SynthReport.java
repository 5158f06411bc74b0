package org.bamarrow.synth;

/**
 * What was written.
 *
 * @param records records
 * @param blocks BGZF blocks, including the end-of-file marker
 * @param inflatedBytes bytes before compression, including the header
 * @param bytes size of the BAM
 */
public record SynthReport(long records, long blocks, long inflatedBytes, long bytes) {}
