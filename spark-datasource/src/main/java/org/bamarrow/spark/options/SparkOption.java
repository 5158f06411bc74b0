package org.bamarrow.spark.options;

import java.util.Locale;

/**
 * The options of the data source: the one table from which they are parsed and documented ({@code
 * docs/spark.md}). Options with a word are those of the command line and have the same meaning.
 */
public enum SparkOption {
  PATH("path", null, "none", "a file, directory or glob on any Hadoop file system"),
  PATHS("paths", null, "none", "several paths, as a JSON array"),
  RECURSIVE_FILE_LOOKUP(
      "recursiveFileLookup",
      null,
      "false",
      "true: also read files in all subdirectories, without partition columns"),
  BASE_PATH(
      "basePath",
      null,
      "the paths themselves",
      "the directory below which folders `column=value` are partition columns"),
  PATH_GLOB_FILTER("pathGlobFilter", null, "none", "only files whose name matches this glob"),
  MODIFIED_BEFORE(
      "modifiedBefore",
      null,
      "none",
      "only files modified before this time, such as 2026-01-31T00:00:00"),
  MODIFIED_AFTER("modifiedAfter", null, "none", "only files modified after this time"),
  TIME_ZONE("timeZone", null, "the session's", "time zone of `modifiedBefore` and `modifiedAfter`"),
  IGNORE_MISSING_FILES(
      "ignoreMissingFiles",
      null,
      "`spark.sql.files.ignoreMissingFiles`",
      "true: a file that no longer exists has no rows, instead of an error"),
  IGNORE_CORRUPT_FILES(
      "ignoreCorruptFiles",
      null,
      "false",
      "cannot be true: damaged data is never skipped silently"),
  MERGE_SCHEMA(
      "mergeSchema",
      null,
      "true",
      "true: the tags of all files, of Arrow data the columns, too; false: those of the first"
          + " file"),
  REQUIRE_MANIFEST(
      "requireManifest",
      null,
      "false",
      "true: read Arrow data only from directories with a `_manifest.json`, which are complete"),
  TABLE(
      "table",
      null,
      "records",
      "`records`, or a header table: `header`, `references`, `read_groups`, `programs`"),

  COLUMNS("columns", "columns", "the core columns and tags", "only these columns"),
  SEQUENCE("sequence", "sequence", "true", "false: omit the bases"),
  QUALITY("quality", "quality", "true", "false: omit the base qualities"),
  QUAL("qual", "qual", "text", "base qualities as `text` or `numbers`"),
  CIGAR("cigar", "cigar", "text", "CIGAR as `text` or `ops`"),
  COORDINATES("coordinates", "coordinates", "one-based", "`one-based` or `zero-based`"),
  TEXT_ENCODING("textEncoding", "text-encoding", "utf-8", "`utf-8` or `latin-1`"),
  PROFILE("profile", "profile", "none", "`rogtk`: the columns of that prototype"),
  TAGS("tags", "tags", "auto", "`auto`, `none`, `scan`, or a list such as `NM:i,MD:Z`"),
  OTHER_TAGS("otherTags", "other-tags", "overflow", "`overflow`, `none` or `all`"),
  ON_TAG_MISMATCH(
      "onTagMismatch",
      "on-tag-mismatch",
      "other",
      "a tag of another type than its column: `other` or `fail`"),
  ON_DUPLICATE_TAG(
      "onDuplicateTag",
      "on-duplicate-tag",
      "other",
      "a duplicate tag in a record: `other` or `fail`"),

  REQUIRE_FLAGS(
      "requireFlags", "require-flags", "none", "only records with all of these FLAG bits"),
  EXCLUDE_FLAGS(
      "excludeFlags", "exclude-flags", "none", "only records with none of these FLAG bits"),
  EXCLUDE_ALL_FLAGS(
      "excludeAllFlags",
      "exclude-all-flags",
      "none",
      "exclude records with all of these FLAG bits"),
  INCLUDE_FLAGS(
      "includeFlags", "include-flags", "none", "only records with at least one of these FLAG bits"),
  MIN_MQ("minMQ", "min-MQ", "0", "minimum MAPQ"),
  EXPR(
      "expr",
      "expr",
      "none",
      "only records for which this filter expression is true, such as `[NM] <= 2`"),
  MIN_QLEN("minQlen", "min-qlen", "0", "minimum number of query bases in the CIGAR"),
  LIBRARY("library", "library", "any", "only records of read groups of this library"),
  EXCLUDE_NO_READ_GROUP(
      "excludeNoReadGroup", "exclude-no-read-group", "false", "true: exclude records without RG"),
  READ_GROUP(
      "readGroup", "read-group", "any", "only records of these read groups, separated by commas"),
  READ_GROUP_FILE(
      "readGroupFile",
      "read-group-file",
      "any",
      "only records of the read groups in this file on the driver"),
  TAG("tag", "tag", "any", "only records with this tag, or with `TAG:VALUE`"),
  TAG_FILE(
      "tagFile",
      "tag-file",
      "any",
      "`TAG:FILE`: only records whose tag has a value in this file on the driver"),
  QNAME_FILE(
      "qnameFile", "qname-file", "any", "only records whose QNAME is in this file on the driver"),
  SUBSAMPLE("subsample", "subsample", "1", "fraction of the templates to keep"),
  SUBSAMPLE_SEED("subsampleSeed", "subsample-seed", "0", "seed that selects the templates"),
  LIMIT("limit", "limit", "-1", "only the first N rows of all files, read by one task"),

  BATCH_ROWS("batchRows", "batch-rows", "20000", "maximum rows per record batch"),
  CHUNK_BYTES(
      "chunkBytes", "chunk-bytes", "512K", "a batch ends at each multiple of this in the BAM"),
  BATCH_BYTES("batchBytes", "batch-bytes", "8M", "maximum inflated bytes per record batch"),
  MEMORY("memory", "memory", "512M", "memory of a task; one record may use a 16th of it"),
  READ_BUFFER("readBuffer", "read-buffer", "1M", "maximum bytes per read of a local file"),
  INFLATER("inflater", "inflater", "auto", "`auto`, `libdeflate`, `gkl`, `java` or `jdk`"),
  ALLOW_MISSING_EOF(
      "allowMissingEof",
      "allow-missing-eof",
      "false",
      "true: accept BAMs without the end-of-file marker, which may be truncated"),

  PUSHDOWN(
      "pushdown",
      null,
      "true",
      "false: push down columns only; filters, limits and aggregates are left to Spark"),
  INDEX(
      "index",
      null,
      "auto",
      "index for regions: `auto` (the `.csi` or `.bai` beside each BAM), `off`, or a path"),
  SPLITTING(
      "splitting",
      null,
      "blocks",
      "`blocks`: split files at any byte; `file`: one task per file; `index`: split at record"
          + " starts of an SBI, CSI or BAI"),
  SPLIT_BYTES("splitBytes", null, "Spark's formula", "compressed bytes per split"),
  SPLITS(
      "splits",
      null,
      "Spark's formula",
      "approximate number of partitions, instead of `splitBytes`"),
  MAX_PARTITION_BYTES(
      "maxPartitionBytes",
      null,
      "`spark.sql.files.maxPartitionBytes`",
      "maximum compressed bytes per partition"),
  OPEN_COST_IN_BYTES(
      "openCostInBytes",
      null,
      "`spark.sql.files.openCostInBytes`",
      "estimated cost of opening a file, in bytes"),
  READ_AHEAD_BYTES(
      "readAheadBytes",
      null,
      "8M",
      "bytes per read of a remote file; a task has two such buffers; 0: no read-ahead"),

  MAX_FILES_PER_TRIGGER(
      "maxFilesPerTrigger", null, "none", "streams: maximum number of new files per batch"),
  LATEST_FIRST(
      "latestFirst", null, "false", "streams: true: the newest files first, instead of the oldest"),
  CLEAN_SOURCE(
      "cleanSource",
      null,
      "off",
      "streams: files of committed batches: `off`, `archive` or `delete`"),
  SOURCE_ARCHIVE_DIR(
      "sourceArchiveDir", null, "none", "streams: where `cleanSource=archive` moves files to"),

  COMPRESSION(
      "compression",
      "compression",
      "none",
      "compression of written parts: `none`, `lz4`, `zstd`, `zstd:LEVEL`"),
  ROWS_PER_PART(
      "rowsPerPart", null, "none", "maximum rows per written part, exceeded by less than a batch"),
  BYTES_PER_PART(
      "bytesPerPart",
      null,
      "256M",
      "maximum bytes per written part, exceeded by less than a batch");

  private final String key;
  private final String word;
  private final String fallback;
  private final String what;

  SparkOption(String key, String word, String fallback, String what) {
    this.key = key;
    this.word = word;
    this.fallback = fallback;
    this.what = what;
  }

  /** The name as documented; case and hyphens are ignored when it is matched. */
  public String key() {
    return key;
  }

  /** The long name of the command line's option, or null. */
  String word() {
    return word;
  }

  /** The default, as documented. */
  String fallback() {
    return fallback;
  }

  /** The description, as documented. */
  String what() {
    return what;
  }

  boolean named(String name) {
    return plain(key).equals(plain(name));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "");
  }
}
