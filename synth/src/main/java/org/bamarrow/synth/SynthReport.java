package org.bamarrow.synth;

/**
 * What was written.
 *
 * @param records records
 * @param blocks BGZF blocks, the end-of-file marker too
 * @param inflatedBytes bytes before deflating, header too
 * @param bytes size of the BAM
 */
public record SynthReport(long records, long blocks, long inflatedBytes, long bytes) {}
