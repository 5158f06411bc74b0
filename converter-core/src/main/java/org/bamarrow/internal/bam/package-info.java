/**
 * BAM (SAM specification 4.2): header and reference dictionary, record layout, validation,
 * auxiliary fields, CIGAR, and the search for record starts. No threads, filters or Arrow. Knows
 * {@code bgzf} and {@code base}.
 */
package org.bamarrow.internal.bam;
