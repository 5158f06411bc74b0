package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.parts.Manifest;
import org.bamarrow.spark.options.SparkOptions;
import org.bamarrow.spark.options.SparkWords;

/** The options of a table and its files, which are listed once, on first use. */
public final class TableFiles {
  private final Map<String, String> given;
  private final SparkSession session;
  private final SparkOptions options;
  private final Configuration settings;
  private final SharedSettings shared;
  private TableContents contents;
  private Partitions partitions;
  private List<BamFile> files;

  /** The types of some partition columns; others are declared in a manifest or inferred. */
  private final StructType partitionTypes;

  /** These files without some of them, by the positions of the others. */
  private final Map<BitSet, TableFiles> subsets = new HashMap<>();

  /**
   * @param given options, the paths among them
   */
  public TableFiles(Map<String, String> given, SparkSession session) {
    this.given = Map.copyOf(given);
    this.session = session;
    options = new SparkOptions(given);
    settings = HadoopSettings.of(session, given);
    shared = new SharedSettings(settings, session.sparkContext());
    partitionTypes = new StructType();
  }

  private TableFiles(TableFiles of, TableContents contents, StructType partitionTypes) {
    given = of.given;
    session = of.session;
    options = of.options;
    settings = of.settings;
    shared = of.shared;
    this.contents = contents;
    this.partitionTypes = partitionTypes;
  }

  /** With additional options; this object if it has them already. */
  public TableFiles with(CaseInsensitiveStringMap more) {
    CaseInsensitiveStringMap own = new CaseInsensitiveStringMap(given);
    if (own.entrySet().containsAll(more.entrySet())) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(given);
    all.putAll(
        location().ofCatalog()
            ? TableLocation.asOptions(more.asCaseSensitiveMap())
            : more.asCaseSensitiveMap());
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
    return convert.withTags(convert.tags().withCaseInsensitive(!isCaseSensitive()));
  }

  /** Whether names of columns are case-sensitive. */
  public boolean isCaseSensitive() {
    return Partitions.isCaseSensitive(settings);
  }

  /** The configuration of the file systems; callers must not change it. */
  public Configuration settings() {
    return settings;
  }

  /** The same for tasks, of this object and all that are made of it but by {@link #with}. */
  public Broadcast<SerializableConfiguration> settingsForTasks() {
    return shared.broadcast();
  }

  /** Where the files are. */
  public TableLocation location() {
    return new TableLocation(given, options, settings);
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

  /** The folders below which names of folders are values, directories of parts among them. */
  Set<Path> bases() {
    return contents().bases();
  }

  /** The manifests of the directories that have one. */
  Map<Path, Manifest> manifests() {
    return contents().manifests();
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
   * The same table with these BAMs only, which may have arrived since it was made.
   *
   * @throws IllegalArgumentException if their folders have other partition columns
   */
  public TableFiles withOnly(List<FileStatus> bams) throws IOException {
    Set<Path> bases = new LinkedHashSet<>(contents().bases());
    for (String path : location().paths()) {
      bases.add(absolute(path));
    }
    StructType types = partitionColumns();
    TableContents arrived = TableContents.ofBams(bams, bases, options, settings);
    TableFiles some = new TableFiles(this, arrived, types);
    if (!bams.isEmpty() && !types.isEmpty() && some.partitionColumns().isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "%s is not in a folder for the partition columns (%s)",
              bams.get(0).getPath(), String.join(", ", types.fieldNames())));
    }
    return some;
  }

  /** Lists the files again, in a folder where files arrive; there may be none. */
  public List<FileStatus> listAgain() throws IOException {
    return InputFiles.arrived(options, settings);
  }

  /** The files in their order, as tasks need them. */
  public synchronized List<BamFile> files() {
    if (files == null) {
      Partitions values = partitions();
      files = statuses().stream().map(status -> file(status, values.of(status))).toList();
    }
    return files;
  }

  /** The files with the headers of all inputs: of a directory of parts, the first of each input. */
  public List<BamFile> headerFiles() {
    BitSet repeated = contents().repeated();
    return IntStream.range(0, files().size())
        .filter(file -> !repeated.get(file))
        .mapToObj(files()::get)
        .toList();
  }

  /** A file without partition columns. */
  public static BamFile file(FileStatus status) {
    return file(status, List.of());
  }

  private static BamFile file(FileStatus status, List<Object> partition) {
    return new BamFile(
        FileSystems.uri(status.getPath()),
        status.getLen(),
        status.getModificationTime(),
        partition);
  }

  /**
   * The partition columns, in the order of the folders.
   *
   * @throws IllegalArgumentException if the folders contradict each other
   */
  public StructType partitionColumns() {
    return partitions().columns();
  }

  private synchronized Partitions partitions() {
    if (partitions == null) {
      partitions = Partitions.of(contents(), partitionTypes, settings);
    }
    return partitions;
  }

  /** These files, with the types that a schema has for partition columns. */
  public TableFiles withPartitionTypes(StructType schema) {
    StructType types = new StructType();
    for (StructField column : partitionColumns().fields()) {
      StructField given = Partitions.find(schema, column.name(), isCaseSensitive());
      types = given == null ? types : types.add(given.name(), given.dataType(), true);
    }
    StructType own = partitionColumns();
    boolean same = Arrays.stream(types.fields()).allMatch(Set.of(own.fields())::contains);
    return same ? this : new TableFiles(this, contents(), types);
  }

  /**
   * Adds the partition columns to those in the files. As in Spark's own file sources, they come
   * last; a partition column with the name of a column in the files replaces it.
   *
   * @param data the columns in the files
   */
  public StructType withPartitionColumns(StructType data) {
    StructType all = new StructType();
    for (StructField field : data.fields()) {
      StructField partition = partitionColumn(field.name());
      all = all.add(partition == null ? field : partition);
    }
    for (StructField partition : partitionColumns().fields()) {
      boolean there = Partitions.find(all, partition.name(), isCaseSensitive()) != null;
      all = there ? all : all.add(partition);
    }
    return all;
  }

  /** The columns of a schema that are in the files. */
  public StructType withoutPartitionColumns(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> partitionColumn(field.name()) == null)
            .toArray(StructField[]::new));
  }

  /** The partition column of a name, or null. */
  public StructField partitionColumn(String name) {
    return Partitions.find(partitionColumns(), name, isCaseSensitive());
  }

  /**
   * Some of these files; the same object for the same files.
   *
   * @param kept positions in {@link #files}
   */
  public synchronized TableFiles only(BitSet kept) {
    if (kept.cardinality() == statuses().size()) {
      return this;
    }
    return subsets.computeIfAbsent(
        kept,
        positions -> {
          TableContents all = contents();
          List<FileStatus> some = positions.stream().mapToObj(all.files()::get).toList();
          TableFiles subset = new TableFiles(this, all.only(some), partitionTypes);
          subset.partitions = partitions();
          return subset;
        });
  }

  /** The URI of a file that an option names. */
  public String qualified(String path) throws IOException {
    return FileSystems.uri(absolute(path));
  }

  private Path absolute(String path) throws IOException {
    Path named = new Path(path);
    return FileSystems.of(named, settings).makeQualified(named);
  }

  /** Compressed bytes of all files. */
  public long bytes() {
    return statuses().stream().mapToLong(FileStatus::getLen).sum();
  }

  /** For names and messages. */
  @Override
  public String toString() {
    return location().toString();
  }
}
