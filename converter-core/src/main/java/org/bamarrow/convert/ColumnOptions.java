package org.bamarrow.convert;

import java.io.Serializable;
import java.util.List;

/**
 * Which columns a conversion gives and in what form; {@code docs/schema.md} describes each.
 *
 * @param names columns in order, by their names in the schema, without {@code tags} and {@code
 *     other_tags}
 * @param zeroBased false: {@code pos}, {@code pnext}, {@code end} 1-based inclusive; true: 0-based
 *     half-open
 * @param qualNumbers false: QUAL as Phred+33 text; true: as a list of int8
 * @param cigarOps false: CIGAR as text; true: as a list of (op, length) structs
 * @param latin1 false: text that is not UTF-8 is an error; true: it is mapped from Latin-1
 * @param profile {@code rogtk} for the prototype's column names, else null
 */
public record ColumnOptions(
    List<String> names,
    boolean zeroBased,
    boolean qualNumbers,
    boolean cigarOps,
    boolean latin1,
    String profile)
    implements Serializable {
  public static final List<String> CORE =
      List.of(
          "qname", "flag", "rname", "pos", "end", "mapq", "cigar", "rnext", "pnext", "tlen", "seq",
          "qual");
  public static final List<String> ON_DEMAND =
      List.of("file", "read_group", "sample", "library", "voffset");
  public static final List<String> ROGTK =
      List.of(
          "name", "chrom", "start", "end", "flags", "sequence", "quality_scores", "source_file");
  public static final ColumnOptions DEFAULT =
      new ColumnOptions(CORE, false, false, false, false, null);

  public ColumnOptions {
    names = List.copyOf(names);
  }
}
