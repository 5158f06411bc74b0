package org.bamarrow.errors;

import java.util.Locale;
import java.util.Map;

/**
 * The options that messages of the library name, for every {@link Wording} to say in its own words.
 * The command line's word is the constant's name in lower case, with hyphens.
 */
public enum OptionKey {
  COLUMNS("ColumnOptions.names"),
  SEQUENCE,
  QUALITY,
  QUAL("ColumnOptions.qual"),
  CIGAR("ColumnOptions.cigar"),
  COORDINATES("ColumnOptions.coordinates"),
  TEXT_ENCODING("ColumnOptions.textEncoding"),
  PROFILE("ColumnOptions.profile"),
  TAGS("TagOptions.mode"),
  OTHER_TAGS("TagOptions.other"),
  ON_TAG_MISMATCH("TagOptions.failOnMismatch", "other", "false"),
  ON_DUPLICATE_TAG("TagOptions.failOnDuplicate", "other", "false"),
  LIMIT("RowOptions.limit"),
  TAG("RowOptions.tag"),
  MIN_MQ("RowOptions.minMapq"),
  REQUIRE_FLAGS("RowOptions.requireFlags"),
  EXCLUDE_FLAGS("RowOptions.excludeFlags"),
  EXCLUDE_ALL_FLAGS("RowOptions.excludeAllFlags"),
  SUBSAMPLE("RowOptions.fraction"),
  SUBSAMPLE_SEED("RowOptions.seed"),
  READ_GROUP("RowOptions.readGroups"),
  READ_GROUP_FILE("RowOptions.readGroups"),
  TAG_FILE("RowOptions.tagValues"),
  QNAME_FILE("RowOptions.names"),
  REGION("RegionOptions.regions"),
  REGIONS_FILE("RegionOptions.places"),
  INDEX("RegionOptions.index"),
  PRESET,
  BATCH_ROWS("BatchOptions.rows"),
  CHUNK_BYTES("BatchOptions.chunkBytes"),
  BATCH_BYTES("BatchOptions.inflatedBytes"),
  THREADS("MachineOptions.threads"),
  STRATEGY("MachineOptions.strategy"),
  SEGMENTS("MachineOptions.segments"),
  MEMORY("MachineOptions.memoryBytes"),
  READ_BUFFER("MachineOptions.readBytes"),
  INFLATER("MachineOptions.inflater"),
  ALLOW_MISSING_EOF("ConvertOptions.allowMissingEof"),
  FORMAT("OutputOptions.format"),
  COMPRESSION("OutputOptions.compression"),
  WRITE_BUFFER("OutputOptions.writeBytes"),
  DIRECT_IO("OutputOptions.directIo"),
  DURABLE("OutputOptions.durable"),
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

  /** The command line's long name of it, without the hyphens in front. */
  public String word() {
    return this == MIN_MQ ? "min-MQ" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** This option with a value, for a {@link Sentence}; {@code true} for a switch. */
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
