package org.bamarrow.errors;

import java.util.Locale;
import java.util.Map;

/**
 * The options that error messages name; each {@link Wording} has its own names for them. The name
 * on the command line is the constant's name in lower case, with hyphens.
 */
public enum OptionKey {
  /** Which columns. */
  COLUMNS("ColumnOptions.names"),
  /** Whether there is a column of bases; in the API part of the column names. */
  SEQUENCE,
  /** Whether there is a column of base qualities; in the API part of the column names. */
  QUALITY,
  /** Form of the base qualities. */
  QUAL("ColumnOptions.qual"),
  /** Form of the CIGAR. */
  CIGAR("ColumnOptions.cigar"),
  /** Base of the coordinates. */
  COORDINATES("ColumnOptions.coordinates"),
  /** Encoding of text in the BAM. */
  TEXT_ENCODING("ColumnOptions.textEncoding"),
  /** Names of the columns. */
  PROFILE("ColumnOptions.profile"),
  /** Where the typed tags come from. */
  TAGS("TagOptions.mode"),
  /** Content of {@code other_tags}. */
  OTHER_TAGS("TagOptions.other"),
  /** Handling of a tag value that does not fit its field. */
  ON_TAG_MISMATCH("TagOptions.failOnMismatch", "other", "false"),
  /** Handling of duplicate tags. */
  ON_DUPLICATE_TAG("TagOptions.failOnDuplicate", "other", "false"),
  /** Maximum number of rows. */
  LIMIT("RowOptions.limit"),
  /** A tag that records must have, optionally with a value. */
  TAG("RowOptions.tag"),
  /** Minimum mapping quality. */
  MIN_MQ("RowOptions.minMapq"),
  /** FLAG bits that must all be set. */
  REQUIRE_FLAGS("RowOptions.requireFlags"),
  /** FLAG bits of which none may be set. */
  EXCLUDE_FLAGS("RowOptions.excludeFlags"),
  /** FLAG bits that must not all be set. */
  EXCLUDE_ALL_FLAGS("RowOptions.excludeAllFlags"),
  /** Fraction of templates to keep. */
  SUBSAMPLE("RowOptions.fraction"),
  /** Seed of the subsampling. */
  SUBSAMPLE_SEED("RowOptions.seed"),
  /** A read group. */
  READ_GROUP("RowOptions.readGroups"),
  /** Read groups, listed in a file. */
  READ_GROUP_FILE("RowOptions.readGroups"),
  /** Values of the tag, listed in a file. */
  TAG_FILE("RowOptions.tagValues"),
  /** Read names, listed in a file. */
  QNAME_FILE("RowOptions.names"),
  /** A filter expression. */
  EXPR("RowOptions.expressions"),
  /** FLAG bits of which at least one must be set; in the API a filter expression. */
  INCLUDE_FLAGS("RowOptions.expressions"),
  /** Whether records must have a read group; in the API a filter expression. */
  EXCLUDE_NO_READ_GROUP("RowOptions.expressions"),
  /** A library; in the API a filter expression. */
  LIBRARY("RowOptions.expressions"),
  /** Minimum number of query bases in the CIGAR; in the API a filter expression. */
  MIN_QLEN("RowOptions.expressions"),
  /** A region. */
  REGION("RegionOptions.regions"),
  /** Regions of a BED file. */
  REGIONS_FILE("RegionOptions.intervals"),
  /** Index to use for regions. */
  INDEX("RegionOptions.index"),
  /** A named set of options; command line only. */
  PRESET,
  /** Maximum rows per record batch. */
  BATCH_ROWS("BatchOptions.rows"),
  /** Grid of record batches in the compressed file. */
  CHUNK_BYTES("BatchOptions.chunkBytes"),
  /** Maximum inflated bytes of a chunk. */
  BATCH_BYTES("BatchOptions.inflatedBytes"),
  /** Total number of threads. */
  THREADS("MachineOptions.threads"),
  /** How work is distributed over threads. */
  STRATEGY("MachineOptions.strategy"),
  /** Number of segments. */
  SEGMENTS("MachineOptions.segments"),
  /** Maximum memory for chunks in flight. */
  MEMORY("MachineOptions.memoryBytes"),
  /** Maximum bytes of one read. */
  READ_BUFFER("MachineOptions.readBytes"),
  /** DEFLATE implementation. */
  INFLATER("MachineOptions.inflater"),
  /** Whether a BAM may lack the end-of-file marker. */
  ALLOW_MISSING_EOF("ConvertOptions.allowMissingEof"),
  /** Arrow IPC file or stream. */
  FORMAT("OutputOptions.format"),
  /** Compression of the record batches, with the level of zstd. */
  COMPRESSION("OutputOptions.compression"),
  /** Maximum bytes of one write. */
  WRITE_BUFFER("OutputOptions.writeBytes"),
  /** Whether files are written with direct I/O. */
  DIRECT_IO("OutputOptions.directIo"),
  /** Whether the output is synced to disk before success is reported. */
  DURABLE("OutputOptions.durable"),
  /** Whether existing output is replaced. */
  FORCE("OutputOptions.force"),
  /** How the Spark data source splits files; Spark only. */
  SPLITTING;

  private final String component;
  private final Map<String, String> values;

  OptionKey() {
    this(null);
  }

  OptionKey(String component) {
    this.component = component;
    this.values = Map.of();
  }

  OptionKey(String component, String word, String value) {
    this.component = component;
    this.values = Map.of(word, value);
  }

  /** {@return its long name on the command line, without the leading hyphens} */
  public String word() {
    return this == MIN_MQ ? "min-MQ" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return this option with a value, for a {@link Sentence}; {@code true} for a switch}
   *
   * @param value value as on the command line; {@code true} for a switch
   */
  public Sentence.Setting setTo(String value) {
    return new Sentence.Setting(this, value);
  }

  /** The record component that holds it in the API, or null. */
  String component() {
    return component;
  }

  /** The method that sets the component, such as {@code RowOptions.withLimit}. */
  String wither() {
    int dot = component.indexOf('.') + 1;
    return component.substring(0, dot)
        + "with"
        + Character.toUpperCase(component.charAt(dot))
        + component.substring(dot + 1);
  }

  /** The Java expression for a value of the command line: a switch, a size in MiB or a constant. */
  String value(String word) {
    if (word.equals("true") || word.equals("false")) {
      return word;
    }
    return word.matches("[0-9]+M")
        ? word.replace("M", "L << 20")
        : values.getOrDefault(word, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
