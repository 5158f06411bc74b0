package org.bamarrow.spark.options;

import java.util.Locale;

/**
 * The options of the source: the one table from which they are parsed and documented ({@code
 * docs/spark.md}). Those with a word are the command line's, with its meanings.
 */
public enum SparkOption {
  PATH("path", null, "none", "a file, directory or glob on any Hadoop file system"),
  PATHS("paths", null, "none", "several of them, as a JSON array"),
  RECURSIVE_FILE_LOOKUP(
      "recursiveFileLookup", null, "false", "files in folders below a directory too"),
  PATH_GLOB_FILTER("pathGlobFilter", null, "none", "only files whose name matches"),
  MODIFIED_BEFORE(
      "modifiedBefore", null, "none", "only files older than this, such as 2026-01-31T00:00:00"),
  MODIFIED_AFTER("modifiedAfter", null, "none", "only files newer than this"),
  TIME_ZONE("timeZone", null, "the session's", "of `modifiedBefore` and `modifiedAfter`"),
  IGNORE_MISSING_FILES(
      "ignoreMissingFiles",
      null,
      "`spark.sql.files.ignoreMissingFiles`",
      "a file that is not there (any more) has no rows, instead of an error"),
  IGNORE_CORRUPT_FILES(
      "ignoreCorruptFiles", null, "false", "cannot be true: nothing is ever skipped in silence"),
  MERGE_SCHEMA(
      "mergeSchema", null, "true", "false: the tags of the first file only; true: of all files"),
  REQUIRE_MANIFEST(
      "requireManifest",
      null,
      "false",
      "true: Arrow data only from directories whose `_manifest.json` says that they are complete"),
  TABLE(
      "table",
      null,
      "records",
      "`records`, or a table of the headers: `header`, `references`, `read_groups`, `programs`"),

  COLUMNS("columns", "columns", "the core columns and tags", "these columns only"),
  SEQUENCE("sequence", "sequence", "true", "false: without the bases"),
  QUALITY("quality", "quality", "true", "false: without the base qualities"),
  QUAL("qual", "qual", "text", "base qualities as `text` or `numbers`"),
  CIGAR("cigar", "cigar", "text", "CIGAR as `text` or `ops`"),
  COORDINATES("coordinates", "coordinates", "one-based", "`one-based` or `zero-based`"),
  TEXT_ENCODING("textEncoding", "text-encoding", "utf-8", "`utf-8` or `latin-1`"),
  PROFILE("profile", "profile", "none", "`rogtk`: that prototype's columns"),
  TAGS("tags", "tags", "auto", "`auto`, `none`, `scan`, or a list such as `NM:i,MD:Z`"),
  OTHER_TAGS("otherTags", "other-tags", "overflow", "`overflow`, `none` or `all`"),
  ON_TAG_MISMATCH("onTagMismatch", "on-tag-mismatch", "other", "`other` or `fail`"),
  ON_DUPLICATE_TAG("onDuplicateTag", "on-duplicate-tag", "other", "`other` or `fail`"),

  REQUIRE_FLAGS("requireFlags", "require-flags", "none", "records with all of these FLAG bits"),
  EXCLUDE_FLAGS("excludeFlags", "exclude-flags", "none", "records with none of these"),
  EXCLUDE_ALL_FLAGS(
      "excludeAllFlags", "exclude-all-flags", "none", "but records with all of these"),
  MIN_MQ("minMQ", "min-MQ", "0", "records with at least this MAPQ"),
  READ_GROUP("readGroup", "read-group", "any", "records of these read groups, joined by commas"),
  READ_GROUP_FILE("readGroupFile", "read-group-file", "any", "the same, named in a local file"),
  TAG("tag", "tag", "any", "records with this tag, or `TAG:VALUE`"),
  TAG_FILE("tagFile", "tag-file", "any", "`TAG:FILE`, values in a file of the driver's machine"),
  QNAME_FILE("qnameFile", "qname-file", "any", "records whose QNAME is in such a file"),
  SUBSAMPLE("subsample", "subsample", "1", "this share of the templates"),
  SUBSAMPLE_SEED("subsampleSeed", "subsample-seed", "0", "which templates"),
  LIMIT("limit", "limit", "-1", "the first N rows, across all files, read by one task"),

  BATCH_ROWS("batchRows", "batch-rows", "20000", "maximum rows per record batch"),
  CHUNK_BYTES("chunkBytes", "chunk-bytes", "512K", "a batch ends at each multiple in the BAM"),
  BATCH_BYTES("batchBytes", "batch-bytes", "8M", "maximum inflated bytes per record batch"),
  MEMORY("memory", "memory", "512M", "of a task; a record may have a 16th of it"),
  READ_BUFFER("readBuffer", "read-buffer", "1M", "maximum bytes per read of a local file"),
  INFLATER("inflater", "inflater", "auto", "`auto`, `gkl`, `libdeflate` or `jdk`"),
  ALLOW_MISSING_EOF(
      "allowMissingEof", "allow-missing-eof", "false", "accept BAMs that may be cut short"),

  PUSHDOWN(
      "pushdown",
      null,
      "true",
      "false: Spark alone filters, limits and counts (columns are left out all the same)"),
  INDEX(
      "index",
      null,
      "auto",
      "for regions: `auto` (the `.csi` or `.bai` beside each BAM), `off`, or the path of one"),
  SPLITTING(
      "splitting",
      null,
      "blocks",
      "`blocks`; `file`: one task reads a whole file; `index`: where an SBI, CSI or BAI tells"),
  SPLIT_BYTES("splitBytes", null, "Spark's formula", "compressed bytes of a split"),
  SPLITS("splits", null, "Spark's formula", "about so many partitions instead"),
  MAX_PARTITION_BYTES(
      "maxPartitionBytes", null, "`spark.sql.files.maxPartitionBytes`", "most of a partition"),
  OPEN_COST_IN_BYTES(
      "openCostInBytes", null, "`spark.sql.files.openCostInBytes`", "what opening a file costs"),
  READ_AHEAD_BYTES(
      "readAheadBytes", null, "8M", "one read of a remote file; two such buffers a task; 0: off"),

  COMPRESSION("compression", "compression", "none", "of what is written: `none`, `lz4`, `zstd`"),
  ROWS_PER_PART("rowsPerPart", null, "none", "a task goes on to its next part behind so many rows"),
  BYTES_PER_PART("bytesPerPart", null, "256M", "and behind so many bytes of a part");

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

  /** As the documentation writes it; upper and lower case and hyphens make no difference. */
  public String key() {
    return key;
  }

  /** The command line's long name of it, or null. */
  public String word() {
    return word;
  }

  /** What holds without it, in words. */
  public String fallback() {
    return fallback;
  }

  /** What it does, in a few words. */
  public String what() {
    return what;
  }

  boolean named(String name) {
    return plain(key).equals(plain(name));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "");
  }
}
