package org.bamarrow.synth;

import java.util.Locale;

/** The kind of sequencing run that a synthetic BAM resembles. */
public enum SynthProfile {
  /** Paired reads of 101 to 151 bases, full-range qualities, many tags. */
  SHORT,
  /** The same reads with qualities of four levels and only NM, MD and RG. */
  BINNED,
  /** Reads of 5 to 30 kbp with hundreds of CIGAR operations and base modifications. */
  LONG,
  /** Reads of 100 kbp to 4 Mbp, CIGARs of more than 65535 operations in the CG tag. */
  ULTRALONG,
  /** Unaligned reads with cell barcodes and molecule tags. */
  SINGLECELL,
  /** Rare but valid features of the specification, in turn. */
  EDGE;

  /** The name on the command line: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its records have coordinates and can be sorted. */
  boolean sortable() {
    return this != SINGLECELL && this != EDGE;
  }

  /** Number of records that give the mean record size (see {@link SynthBam}). */
  int pilotRecords() {
    return switch (this) {
      case SHORT, BINNED, SINGLECELL -> 20_000;
      case LONG -> 500;
      case ULTRALONG -> 16;
      case EDGE -> 2_000;
    };
  }

  @Override
  public String toString() {
    return label();
  }
}
