package org.bamarrow.spark.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.bamarrow.ArrowConcat;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.ipc.ExistingFileException;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.OrphanFiles;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore.Entry;
import org.bamarrow.spark.files.HadoopPartStore;

/**
 * A single file as the output of a cluster: the parts are written to a directory beside it and then
 * concatenated. The next run to the same file deletes what a killed driver left.
 */
final class SingleFile {
  private final String target;
  private final String name;
  private final OutputOptions options;
  private final HadoopPartStore folder;
  private final HadoopPartStore parts;

  /**
   * @throws FileAlreadyExistsException if the file exists and must not be replaced
   */
  SingleFile(String target, Configuration settings, OutputOptions options) throws IOException {
    this.target = target;
    this.name = new Path(target).getName();
    this.options = options;
    Path parent = new Path(target).getParent();
    this.folder = new HadoopPartStore(parent == null ? "." : parent.toString(), settings);
    this.parts = new HadoopPartStore(target + ".parts", settings);
    if (!options.force() && folder.exists(name)) {
      throw new ExistingFileException(target, "already exists");
    }
  }

  HadoopPartStore parts() {
    return parts;
  }

  /** The options for the parts: those of an earlier run are always replaced. */
  OutputOptions overwriteOptions() {
    return options.withForce(true);
  }

  /**
   * Concatenates the parts and deletes them.
   *
   * @return bytes of the file
   */
  long assemble() throws IOException {
    Manifest manifest = Manifest.read(parts);
    removeUnfinished(manifest);
    long[] bytes = new long[1];
    publish(out -> bytes[0] = ArrowConcat.concatParts(parts, out, options.writeBytes()).bytes());
    parts.deleteFolderWhenEmpty();
    parts.delete(Manifest.NAME);
    parts.delete(PartNames.BATCHES);
    for (Part part : manifest.parts()) {
      parts.delete(part.name());
    }
    return bytes[0];
  }

  private void publish(HadoopPartStore.Content content) throws IOException {
    try {
      folder.publish(name, content, options.force(), () -> {});
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(
          target,
          null,
          "has been created in the meantime; use --force to replace it (the parts are in "
              + parts.name()
              + ")");
    }
  }

  /**
   * Deletes temporary files of runs that were killed here: those that are older than all of our
   * parts.
   */
  private void removeUnfinished(Manifest manifest) throws IOException {
    Set<String> ours = manifest.parts().stream().map(Part::name).collect(Collectors.toSet());
    long since =
        parts.list().stream()
            .filter(file -> ours.contains(file.name()))
            .mapToLong(Entry::modified)
            .min()
            .orElse(Long.MIN_VALUE);
    for (Entry file : folder.list()) {
      if (OrphanFiles.isTemporary(file.name(), name) && file.modified() < since) {
        folder.delete(file.name());
      }
    }
  }
}
