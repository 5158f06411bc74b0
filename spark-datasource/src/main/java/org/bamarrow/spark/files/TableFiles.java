package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.options.SparkOptions;
import org.bamarrow.spark.options.SparkWords;

/** The options of a table and its files, which are listed once, on first use. */
public final class TableFiles {
  private final Map<String, String> given;
  private final SparkSession session;
  private final SparkOptions options;
  private final Configuration settings;
  private TableContents contents;

  public TableFiles(Map<String, String> given, SparkSession session) {
    this.given = Map.copyOf(given);
    this.session = session;
    options = new SparkOptions(given);
    settings = HadoopSettings.of(session, given);
  }

  /**
   * @param given options, the paths among them
   */
  public static TableFiles of(Map<String, String> given, SparkSession session) {
    return new TableFiles(given, session);
  }

  /** With additional options; this object if it has them already. */
  public TableFiles with(CaseInsensitiveStringMap more) {
    CaseInsensitiveStringMap own = new CaseInsensitiveStringMap(given);
    if (own.entrySet().containsAll(more.entrySet())) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(given);
    all.putAll(ofCatalog() ? asOptions(more.asCaseSensitiveMap()) : more.asCaseSensitiveMap());
    return new TableFiles(all, session);
  }

  public Map<String, String> given() {
    return given;
  }

  public SparkSession session() {
    return session;
  }

  public SparkOptions options() {
    return options;
  }

  /** The core's options; tag names are case-sensitive if Spark's names are. */
  public ConvertOptions convert() {
    ConvertOptions convert = options.convert();
    boolean caseSensitive = settings.getBoolean("spark.sql.caseSensitive", false);
    return convert.withTags(convert.tags().withCaseInsensitive(!caseSensitive));
  }

  /** The configuration of the file systems; callers must not change it. */
  public Configuration settings() {
    return settings;
  }

  /** Whether missing files are ignored. */
  public boolean ignoresMissing() {
    return InputFiles.ignoresMissing(options, settings);
  }

  private synchronized TableContents contents() {
    if (contents == null) {
      try {
        contents = TableContents.find(options, settings);
      } catch (IOException e) {
        throw new UncheckedIOException(SparkWords.message(e), e);
      }
    }
    return contents;
  }

  /** The kind of the files; {@link ContentKind#NOTHING} if there are none. */
  public ContentKind kind() {
    return contents().kind();
  }

  /** Whether the files are Arrow data, with or without a manifest. */
  public boolean holdsArrow() {
    return kind() == ContentKind.ARROW;
  }

  /** The schema of Arrow data, else null. */
  public Schema arrowSchema() {
    return contents().schema();
  }

  /** The number of rows of all files, if it is known. */
  public OptionalLong rows() {
    return contents().rows();
  }

  /**
   * The files in their order.
   *
   * @throws UncheckedIOException if there are none
   */
  public List<FileStatus> statuses() {
    if (contents().missing() != null) {
      IOException missing = new FileNotFoundException(contents().missing());
      throw new UncheckedIOException(missing.getMessage(), missing);
    }
    return contents().files();
  }

  /**
   * The directory to write to.
   *
   * @throws IllegalArgumentException if there is more than one path
   */
  public String directory() {
    List<String> paths = InputFiles.paths(options);
    if (paths.size() > 1) {
      throw new IllegalArgumentException(
          "rows can be written to one directory only, not to " + this);
    }
    return paths.get(0);
  }

  /** Whether there is data in {@link #directory}; names of globs hold none. */
  public boolean targetExists() throws IOException {
    return WriteTarget.exists(directory(), settings);
  }

  /** Whether the options name paths; a managed table has none yet while it is created. */
  public boolean hasPath() {
    return options.has(SparkOption.PATH) || options.has(SparkOption.PATHS);
  }

  /** The path, if there is exactly one; as given. */
  public Optional<String> location() {
    List<String> paths = hasPath() ? InputFiles.paths(options) : List.of();
    return paths.size() == 1 ? Optional.of(paths.get(0)) : Optional.empty();
  }

  /**
   * The options of a table as Spark's catalogs of V2 pass them, each once more with a prefix, which
   * tells them from properties.
   */
  public static Map<String, String> asOfCatalog(Map<String, String> options, String provider) {
    Map<String, String> all = asOptions(options);
    all.put(TableCatalog.PROP_PROVIDER, provider);
    return all;
  }

  private static Map<String, String> asOptions(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    options.forEach((name, value) -> all.put(TableCatalog.OPTION_PREFIX + name, value));
    return all;
  }

  /** Whether the options are those of a table in a catalog. */
  public boolean ofCatalog() {
    return given.containsKey(TableCatalog.PROP_PROVIDER);
  }

  /** Whether a table can be made there: a single path, which is not a glob, without data. */
  public boolean isVacant() throws IOException {
    Optional<String> path = location();
    return path.isPresent() && !new GlobFilter(path.get()).hasPattern() && !targetExists();
  }

  /** The files in their order, as tasks need them. */
  public List<BamFile> files() {
    return statuses().stream().map(TableFiles::file).toList();
  }

  public static BamFile file(FileStatus status) {
    return new BamFile(FileSystems.uri(status.getPath()), status.getLen());
  }

  /** The URI of a file that an option names. */
  public String qualified(String path) throws IOException {
    Path named = new Path(path);
    return FileSystems.uri(FileSystems.of(named, settings).makeQualified(named));
  }

  /** Compressed bytes of all files. */
  public long bytes() {
    return statuses().stream().mapToLong(FileStatus::getLen).sum();
  }

  /** For names and messages. */
  @Override
  public String toString() {
    List<String> paths = InputFiles.paths(options);
    return paths.size() < 4
        ? String.join(", ", paths)
        : paths.get(0) + " and " + (paths.size() - 1) + " other paths";
  }
}
