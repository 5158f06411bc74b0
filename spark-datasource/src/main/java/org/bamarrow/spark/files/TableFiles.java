package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.convert.ConvertOptions;
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
    all.putAll(more.asCaseSensitiveMap());
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
    return convert.withTags(convert.tags().withCaseInsensitive(!caseSensitive()));
  }

  /** Whether names that differ only in case are different for Spark. */
  public boolean caseSensitive() {
    return settings.getBoolean("spark.sql.caseSensitive", false);
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

  /** The schemas of Arrow data, in the order of the files, each once. */
  public List<FileSchema> arrowSchemas() {
    return contents().schemas();
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

  /** The same table with these BAMs only. */
  public TableFiles withOnly(List<FileStatus> bams) {
    TableFiles some = new TableFiles(given, session);
    some.contents =
        new TableContents(
            ContentKind.BAM, List.copyOf(bams), List.of(), OptionalLong.empty(), null);
    return some;
  }

  /** The paths as given. */
  public List<String> paths() {
    return InputFiles.paths(options);
  }

  /** Lists the files again, in a folder where files arrive; there may be none. */
  public List<FileStatus> listAgain() throws IOException {
    Map<Path, FileStatus> now = new LinkedHashMap<>();
    for (String path : paths()) {
      try {
        for (FileStatus file : InputFiles.list(options, settings, path)) {
          now.putIfAbsent(file.getPath(), file);
        }
      } catch (FileNotFoundException e) {
        continue; // nothing there yet, or removed while it was listed
      }
    }
    return List.copyOf(now.values());
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
