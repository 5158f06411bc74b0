package org.bamarrow.spark.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.bamarrow.parts.PartStore;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.options.SparkOptions;

/**
 * The files that the options select: in the order of the given paths, and within each path in the
 * order of their names. For one thread.
 */
final class InputFiles {
  /** Extensions of index and checksum files, which are ignored. */
  private static final Set<String> SIDECAR_EXTENSIONS =
      Set.of("bai", "csi", "sbi", "crai", "tbi", "gzi", "splitting-bai", "md5");

  private final SparkOptions options;
  private final Configuration settings;
  private final boolean ignoreMissing;
  private final boolean recursive;

  /** Fails on text after the array, which would be ignored otherwise. */
  private static final ObjectMapper PATHS =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final GlobFilter nameFilter;
  private final long modifiedAfter;
  private final long modifiedBefore;
  private final List<FileStatus> files = new ArrayList<>();
  private final Set<Path> bases = new LinkedHashSet<>();

  /**
   * Listed files.
   *
   * @param files in their order
   * @param bases the folders below which names of folders such as {@code sample=NA12878} are values
   *     of partition columns
   */
  record Listed(List<FileStatus> files, Set<Path> bases) {}

  private InputFiles(SparkOptions options, Configuration settings) throws IOException {
    this.options = options;
    this.settings = settings;
    ignoreMissing = ignoresMissing(options, settings);
    recursive = options.flag(SparkOption.RECURSIVE_FILE_LOOKUP, false);
    String pattern = options.text(SparkOption.PATH_GLOB_FILTER);
    nameFilter = pattern == null ? null : new GlobFilter(pattern);
    modifiedAfter = time(SparkOption.MODIFIED_AFTER, Long.MIN_VALUE);
    modifiedBefore = time(SparkOption.MODIFIED_BEFORE, Long.MAX_VALUE);
  }

  /** Whether missing files are ignored. */
  static boolean ignoresMissing(SparkOptions options, Configuration settings) {
    return options.flag(
        SparkOption.IGNORE_MISSING_FILES,
        settings.getBoolean("spark.sql.files.ignoreMissingFiles", false));
  }

  /**
   * Lists the files, with their block locations if the listing has them.
   *
   * @throws FileNotFoundException if a path does not exist, unless missing files are ignored
   */
  static List<FileStatus> list(SparkOptions options, Configuration settings) throws IOException {
    InputFiles found = new InputFiles(options, settings);
    for (String path : paths(options)) {
      found.add(path);
    }
    return found.files;
  }

  /**
   * As {@link #list(SparkOptions, Configuration)}, for one path instead of those of the options.
   */
  static Listed list(SparkOptions options, Configuration settings, String path) throws IOException {
    InputFiles found = new InputFiles(options, settings);
    found.add(path);
    return new Listed(found.files, found.bases);
  }

  /**
   * The folder of option {@code basePath}; null if it is not given.
   *
   * @throws IllegalArgumentException if it is not a directory
   */
  static Path basePath(SparkOptions options, Configuration settings) throws IOException {
    if (!options.has(SparkOption.BASE_PATH)) {
      return null;
    }
    Path path = path(options.text(SparkOption.BASE_PATH));
    FileSystem system = FileSystems.of(path, settings);
    try {
      FileStatus status = system.getFileStatus(path);
      if (status.isDirectory()) {
        return status.getPath();
      }
    } catch (FileNotFoundException e) {
      // the same error
    }
    throw options.invalid(SparkOption.BASE_PATH, "a directory");
  }

  /** As {@link #list} for all paths, in folders where files arrive; there may be none. */
  static List<FileStatus> arrived(SparkOptions options, Configuration settings) throws IOException {
    Map<Path, FileStatus> now = new LinkedHashMap<>();
    for (String path : paths(options)) {
      try {
        for (FileStatus file : list(options, settings, path).files()) {
          now.putIfAbsent(file.getPath(), file);
        }
      } catch (FileNotFoundException e) {
        continue; // nothing there yet, or removed while it was listed
      }
    }
    return List.copyOf(now.values());
  }

  /** The paths given, {@code path} before {@code paths}. */
  static List<String> paths(SparkOptions options) {
    List<String> paths = new ArrayList<>();
    if (options.has(SparkOption.PATH)) {
      paths.add(options.text(SparkOption.PATH));
    }
    if (options.has(SparkOption.PATHS)) {
      try {
        String json = options.text(SparkOption.PATHS);
        paths.addAll(Arrays.asList(PATHS.readValue(json, String[].class)));
      } catch (JsonProcessingException e) {
        throw options.invalid(SparkOption.PATHS, "a JSON array of paths");
      }
    }
    if (paths.isEmpty()) {
      throw new IllegalArgumentException(
          "no path is given: pass one to load() or save(), or as option path; CREATE TABLE without"
              + " columns needs it, too");
    }
    return paths;
  }

  private void add(String given) throws IOException {
    Path path = path(given);
    FileSystem system = FileSystems.of(path, settings);
    List<FileStatus> below = new ArrayList<>();
    FileStatus[] matches = matches(system, path);
    boolean exact = matches.length == 1 && isNamed(system, matches[0], path);
    for (FileStatus match : matches) {
      if (match.isDirectory()) {
        list(system, match.getPath(), below);
        if (!recursive) {
          bases.add(match.getPath());
        }
      } else if (exact || isInput(match.getPath())) {
        below.add(match);
        bases.add(match.getPath().getParent());
      }
    }
    below.removeIf(file -> !isWanted(file));
    if (below.isEmpty() && !(matches.length == 0 && ignoreMissing)) {
      throw new FileNotFoundException(
          given + ": " + (matches.length == 0 ? "no such file or directory" : emptiness()));
    }
    below.sort(Comparator.comparing(file -> file.getPath().toString()));
    if (recursive) { // no name of a folder is a value
      below.forEach(file -> bases.add(file.getPath().getParent()));
    }
    files.addAll(below);
  }

  private String emptiness() {
    return "no files in it, or none that match the options"
        + (recursive ? "" : "; subdirectories are read with recursiveFileLookup=true")
        + "; a stream that starts before files arrive needs a schema()";
  }

  private static Path path(String given) {
    try {
      return new Path(given);
    } catch (IllegalArgumentException e) {
      throw withColon(e, given, "not a valid path; a name with a colon needs a leading ./");
    }
  }

  /** Hadoop treats the text before a colon in a name as the scheme of a file system. */
  private static IllegalArgumentException withColon(
      IllegalArgumentException e, Object path, String advice) {
    return e.getCause() instanceof URISyntaxException
        ? new IllegalArgumentException(path + ": " + advice, e)
        : e;
  }

  /**
   * The path itself if it exists, whatever characters are in its name; otherwise the files that
   * match it as a glob.
   */
  private static FileStatus[] matches(FileSystem system, Path path) throws IOException {
    try {
      return new FileStatus[] {system.getFileStatus(path)};
    } catch (FileNotFoundException notByThatName) {
      FileStatus[] matches;
      try {
        matches = system.globStatus(path);
      } catch (IllegalArgumentException e) {
        if (!new GlobFilter(path.toString()).hasPattern()) {
          return new FileStatus[0];
        }
        throw withColon(
            e,
            path,
            "Hadoop cannot match a glob if a name has a colon; pass the directory with"
                + " pathGlobFilter, or each file");
      }
      return matches == null ? new FileStatus[0] : matches;
    }
  }

  private static boolean isNamed(FileSystem system, FileStatus match, Path path) {
    return system.makeQualified(path).equals(match.getPath());
  }

  private void list(FileSystem system, Path directory, List<FileStatus> into) throws IOException {
    Predicate<String> entered =
        folder -> PartStore.isPartitionFolder(folder) || recursive && isVisible(folder);
    for (FileStatus file : new FolderListing(system, entered, true).files(directory)) {
      if (isInput(file.getPath())) {
        into.add(file);
      }
    }
  }

  /** As in Spark's own file sources. */
  static boolean isVisible(String name) {
    return !name.startsWith("_") && !name.startsWith(".");
  }

  private static boolean isInput(Path path) {
    String name = path.getName();
    String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return isVisible(name) && !SIDECAR_EXTENSIONS.contains(end);
  }

  private boolean isWanted(FileStatus file) {
    long modified = file.getModificationTime();
    return (nameFilter == null || nameFilter.accept(file.getPath()))
        && modified > modifiedAfter
        && modified < modifiedBefore;
  }

  /** Milliseconds since 1970. */
  private long time(SparkOption option, long otherwise) {
    String text = options.text(option);
    if (text == null) {
      return otherwise;
    }
    String zone = options.text(SparkOption.TIME_ZONE);
    try {
      ZoneId id = ZoneId.of(zone == null ? settings.get("spark.sql.session.timeZone", "Z") : zone);
      return LocalDateTime.parse(text).atZone(id).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw options.invalid(option, "a time such as 2026-01-31T00:00:00");
    }
  }
}
