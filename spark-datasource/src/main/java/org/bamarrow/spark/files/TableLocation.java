package org.bamarrow.spark.files;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.options.SparkOptions;

/** The paths of a table, which are those of its options or those that a catalog gives. */
public record TableLocation(
    Map<String, String> given, SparkOptions options, Configuration settings) {
  /**
   * The directory to write to.
   *
   * @throws IllegalArgumentException if there is more than one path
   */
  public String directory() {
    List<String> paths = paths();
    if (paths.size() > 1) {
      throw new IllegalArgumentException(
          "rows can be written to one directory only, not to " + this);
    }
    return paths.get(0);
  }

  /** Whether there is data in {@link #directory}; names of globs hold none. */
  public boolean holdsData() throws IOException {
    return WriteTarget.exists(directory(), settings);
  }

  /** Whether the options name paths; a managed table has none yet while it is created. */
  public boolean hasPath() {
    return options.has(SparkOption.PATH) || options.has(SparkOption.PATHS);
  }

  /** The path, if there is exactly one; as given. */
  public Optional<String> path() {
    List<String> paths = hasPath() ? paths() : List.of();
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

  /** Options of one query on such a table, in the same way. */
  static Map<String, String> asOptions(Map<String, String> options) {
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
    Optional<String> path = path();
    return path.isPresent() && !new GlobFilter(path.get()).hasPattern() && !holdsData();
  }

  /** The paths as given. */
  public List<String> paths() {
    return InputFiles.paths(options);
  }

  /** For names and messages. */
  @Override
  public String toString() {
    List<String> paths = paths();
    return paths.size() < 4
        ? String.join(", ", paths)
        : paths.get(0) + " and " + (paths.size() - 1) + " other paths";
  }
}
