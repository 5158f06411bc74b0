package org.bamarrow.errors;

import java.util.Locale;
import java.util.Map;

/**
 * The options that messages of the library name, for every {@link Wording} to say in its own words.
 * The command line's word is the constant's name in lower case, with hyphens.
 */
public enum OptionKey {
  /** Which columns. */
  COLUMNS("ColumnOptions.names"),
  /** Whether the bases are a column; the API chooses among the columns. */
  SEQUENCE,
  /** Whether the base qualities are a column; the API chooses among the columns. */
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
  /** What becomes of a value that does not fit its field. */
  ON_TAG_MISMATCH("TagOptions.failOnMismatch", "other", "false"),
  /** What becomes of a duplicate tag. */
  ON_DUPLICATE_TAG("TagOptions.failOnDuplicate", "other", "false"),
  /** Maximum number of rows. */
  LIMIT("RowOptions.limit"),
  /** A tag that records must have, maybe with a value. */
  TAG("RowOptions.tag"),
  /** Least mapping quality. */
  MIN_MQ("RowOptions.minMapq"),
  /** FLAG bits that all must be set. */
  REQUIRE_FLAGS("RowOptions.requireFlags"),
  /** FLAG bits of which none may be set. */
  EXCLUDE_FLAGS("RowOptions.excludeFlags"),
  /** FLAG bits that may not all be set. */
  EXCLUDE_ALL_FLAGS("RowOptions.excludeAllFlags"),
  /** Share of the templates. */
  SUBSAMPLE("RowOptions.fraction"),
  /** Seed of the sample. */
  SUBSAMPLE_SEED("RowOptions.seed"),
  /** A read group. */
  READ_GROUP("RowOptions.readGroups"),
  /** Read groups, by a file. */
  READ_GROUP_FILE("RowOptions.readGroups"),
  /** Values of the tag, by a file. */
  TAG_FILE("RowOptions.tagValues"),
  /** Names of records, by a file. */
  QNAME_FILE("RowOptions.names"),
  /** A region. */
  REGION("RegionOptions.regions"),
  /** Regions, by a BED file. */
  REGIONS_FILE("RegionOptions.places"),
  /** Index that leads to the regions. */
  INDEX("RegionOptions.index"),
  /** Options that go together; of the command line only. */
  PRESET,
  /** Maximum rows per record batch. */
  BATCH_ROWS("BatchOptions.rows"),
  /** Grid of record batches in the compressed file. */
  CHUNK_BYTES("BatchOptions.chunkBytes"),
  /** Maximum inflated bytes of a chunk. */
  BATCH_BYTES("BatchOptions.inflatedBytes"),
  /** Threads in all. */
  THREADS("MachineOptions.threads"),
  /** How the work is spread over threads. */
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
  /** Whether files are written past the page cache. */
  DIRECT_IO("OutputOptions.directIo"),
  /** Whether success means that the file is on the disk. */
  DURABLE("OutputOptions.durable"),
  /** Whether what exists is replaced. */
  FORCE("OutputOptions.force"),
  /** How the Spark source cuts files; neither the command line nor the API has it. */
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

  /** {@return the command line's long name of it, without the hyphens in front} */
  public String word() {
    return this == MIN_MQ ? "min-MQ" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return this option with a value, for a {@link Sentence}; {@code true} for a switch}
   *
   * @param value word of the command line; {@code true} for a switch
   */
  public Sentence.Setting setTo(String value) {
    return new Sentence.Setting(this, value);
  }

  /** The component of the API's records that holds it, or null. */
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

  /** The component's value for a word of the command line, as Java writes it. */
  String value(String word) {
    boolean verbatim = word.equals("true") || word.equals("false");
    return verbatim
        ? word
        : values.getOrDefault(word, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
