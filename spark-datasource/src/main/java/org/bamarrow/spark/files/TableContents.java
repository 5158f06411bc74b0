package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.bamarrow.internal.ipc.ArrowStart;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.read.OrderedTasks;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.options.SparkOptions;

/**
 * The files of a table: BAMs or Arrow data, which is detected from the contents of the files, never
 * from their names. If a directory has a manifest, only the files in it count.
 *
 * @param kind of the files
 * @param files in the order of the rows
 * @param schemas of Arrow data, in the order of the files, each once; none for BAMs
 * @param rows of all files, if they are known from manifests
 * @param missing why there are no files, else null
 * @param bases the folders below which names of folders are values of partition columns
 * @param partitionSchema the types of these columns, if a manifest has them
 * @param repeated positions of files whose input an earlier part has, too, and so its header
 * @param manifests of the directories that have one
 */
record TableContents(
    ContentKind kind,
    List<FileStatus> files,
    List<FileSchema> schemas,
    OptionalLong rows,
    String missing,
    Set<Path> bases,
    Schema partitionSchema,
    BitSet repeated,
    Map<Path, Manifest> manifests) {
  /** Files that are open at the same time: most of the time is spent waiting for remote ones. */
  private static final int THREADS = 16;

  /** Examines the paths of a table; used once. */
  private static final class Search {
    private final SparkOptions options;
    private final Configuration settings;
    private final boolean requireManifest;
    private final List<FileStatus> files = new ArrayList<>();
    private final Set<Path> bases = new LinkedHashSet<>();
    private final BitSet repeated = new BitSet();
    private final Map<Path, Manifest> manifests = new LinkedHashMap<>();
    private final Map<Schema, FileSchema> schemas = new LinkedHashMap<>();
    private Schema partitionSchema = new Schema(List.of());
    private String first;
    private long rows;
    private boolean rowsKnown = true;
    private boolean arrow;

    Search(SparkOptions options, Configuration settings) {
      this.options = options;
      this.settings = settings;
      requireManifest = options.flag(SparkOption.REQUIRE_MANIFEST, false);
    }

    TableContents find() throws IOException {
      String missing = null;
      List<String> paths = new ArrayList<>();
      for (String given : InputFiles.paths(options)) {
        paths.addAll(PartDirectories.expand(given, settings));
      }
      for (String path : paths) {
        HadoopPartStore store = new HadoopPartStore(path, settings);
        Optional<Manifest> manifest =
            FileSystems.isDirectory(new Path(path), settings)
                ? Manifest.find(store)
                : Optional.empty();
        if (manifest.isPresent()) {
          add(store, manifest.get());
        } else if (requireManifest) {
          throw new IOException(
              path + ": has no " + Manifest.NAME + ", which requireManifest=true requires");
        } else {
          try {
            addListed(path);
          } catch (FileNotFoundException e) {
            missing = e.getMessage();
          }
        }
      }
      if (missing != null && !files.isEmpty()) {
        throw new FileNotFoundException(missing);
      }
      ContentKind kind =
          missing != null
              ? ContentKind.NOTHING
              : arrow
                  ? ContentKind.ARROW
                  : ContentKind.BAM; // an empty list of files counts as BAMs
      return new TableContents(
          kind,
          List.copyOf(files),
          List.copyOf(schemas.values()),
          arrow && rowsKnown ? OptionalLong.of(rows) : OptionalLong.empty(),
          missing,
          TableContents.bases(options, settings, files, bases),
          partitionSchema,
          repeated,
          manifests);
    }

    private void add(HadoopPartStore store, Manifest manifest) throws IOException {
      Map<String, FileStatus> there = new HashMap<>();
      store.statuses().forEach(file -> there.put(store.nameOf(file), file));
      addSchema(FileSchema.bare(manifest.arrowSchema()), store.name(), manifest.parts().size());
      bases.add(new Path(store.name()));
      manifests.put(new Path(store.name()), manifest);
      addPartitionSchema(manifest.arrowPartitionSchema(), store.name());
      Set<Integer> inputs = new HashSet<>();
      for (Part part : manifest.parts()) {
        FileStatus file = there.get(part.name());
        if (file == null || file.getLen() != part.bytes()) {
          throw new IOException(
              String.format(
                  "%s: part %s %s; write the directory again",
                  store.name(),
                  part.name(),
                  file == null
                      ? "is missing"
                      : "has " + file.getLen() + " bytes instead of " + part.bytes()));
        }
        repeated.set(files.size(), !inputs.add(input(part)));
        files.add(file);
      }
      rows += manifest.totals().rows();
    }

    /** The input whose rows a part has; -1 if they do not come from a BAM. */
    private static int input(Part part) {
      return part.ranges().isEmpty() ? -1 : part.ranges().get(0).input();
    }

    /** Parts without a manifest are ignored, unless they are named themselves. */
    private void addListed(String path) throws IOException {
      InputFiles.Listed found = InputFiles.list(options, settings, path);
      List<FileStatus> listed = found.files();
      bases.addAll(found.bases());
      String name = new Path(path).getName();
      List<FileStatus> counting =
          listed.stream()
              .filter(
                  file ->
                      !PartNames.isPart(file.getPath().getName())
                          || file.getPath().getName().equals(name))
              .toList();
      if (counting.isEmpty() && !listed.isEmpty()) {
        throw new FileNotFoundException(
            path
                + ": has no "
                + Manifest.NAME
                + ", only parts of an unfinished job, or of one folder of a directory with"
                + " partition columns, of which the whole directory has to be read; otherwise write"
                + " it again");
      }
      int next = 0;
      if (files.isEmpty() && !counting.isEmpty()) {
        add(counting.get(0), schema(counting.get(0)));
        next = 1;
      }
      if (arrow) {
        OrderedTasks.Task<Schema> task = index -> schema(counting.get(index));
        int[] at = {next};
        OrderedTasks.run(
            next, counting.size(), THREADS, task, schema -> add(counting.get(at[0]++), schema));
      } else {
        files.addAll(counting.subList(next, counting.size()));
      }
    }

    /** The schema of a file, null if it is not Arrow data. For any thread. */
    private Schema schema(FileStatus file) throws IOException {
      try (ByteSource source = Sources.open(TableFiles.file(file), settings)) {
        if (!ArrowStart.isArrow(source)) {
          return null;
        }
      }
      try (IpcBatches batches = IpcBatches.open(Sources.open(TableFiles.file(file), settings))) {
        return FileSchema.bare(batches.schema());
      }
    }

    /** Adds a file whose format decides that of the table, or has to be that of the table. */
    private void add(FileStatus file, Schema schema) {
      String name = file.getPath().toString();
      if (schema != null) {
        addSchema(schema, name, 1);
        rowsKnown = false;
      } else if (arrow) {
        throw new IllegalArgumentException(
            String.format(
                "%s holds Arrow data and %s does not; read them as separate tables", first, name));
      }
      files.add(file);
    }

    private void addPartitionSchema(Schema found, String name) {
      if (partitionSchema.getFields().isEmpty()) {
        partitionSchema = found;
      } else if (!found.getFields().equals(partitionSchema.getFields())) {
        throw new IllegalArgumentException(
            String.format(
                "%s has other partition columns (%s) than other directories (%s); read them as"
                    + " separate tables",
                name, found.getFields(), partitionSchema.getFields()));
      }
    }

    private void addSchema(Schema schema, String name, int count) {
      if (!arrow && !files.isEmpty()) {
        throw new IllegalArgumentException(
            files.get(0).getPath()
                + " is not Arrow data and "
                + name
                + " is; read them as separate tables");
      }
      arrow = true;
      first = first == null ? name : first;
      schemas.merge(
          schema, new FileSchema(name, schema, count), (known, more) -> known.plus(count));
    }
  }

  /** With some of the files. */
  TableContents only(List<FileStatus> some) {
    return new TableContents(
        kind,
        some,
        schemas,
        OptionalLong.empty(),
        missing,
        bases,
        partitionSchema,
        new BitSet(),
        manifests);
  }

  /**
   * The folders below which names of folders are values.
   *
   * @param found those of the paths that the options name
   */
  private static Set<Path> bases(
      SparkOptions options, Configuration settings, List<FileStatus> files, Set<Path> found)
      throws IOException {
    Path base = InputFiles.basePath(options, settings);
    for (FileStatus file : files) {
      if (base != null && !FileSystems.isBelow(file.getPath(), base)) {
        throw new IllegalArgumentException(
            file.getPath() + " is not below the directory of option basePath, " + base);
      }
    }
    return base == null ? found : Set.of(base);
  }

  /** BAMs that were found in a listing. */
  static TableContents ofBams(
      List<FileStatus> bams, Set<Path> bases, SparkOptions options, Configuration settings)
      throws IOException {
    return new TableContents(
        ContentKind.BAM,
        List.copyOf(bams),
        List.of(),
        OptionalLong.empty(),
        null,
        bases(options, settings, bams, bases),
        new Schema(List.of()),
        new BitSet(),
        Map.of());
  }

  /**
   * Examines the paths that the options name.
   *
   * @throws IOException if a file cannot be read, or a manifest is broken
   * @throws IllegalArgumentException if there are BAMs and Arrow data
   */
  static TableContents find(SparkOptions options, Configuration settings) throws IOException {
    return new Search(options, settings).find();
  }
}
