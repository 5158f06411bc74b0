package org.bamarrow.spark.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.ipc.ExistingFileException;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.OrphanFiles;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartStore.Entry;
import org.bamarrow.parts.PartsConcat;
import org.bamarrow.spark.files.HadoopPartStore;

/**
 * One file as the output of a cluster: a directory beside it holds the parts until they have been
 * put together. What a killed driver leaves of it, the next run to the same file removes.
 */
final class SingleFile {
  private final String target;
  private final String name;
  private final OutputOptions options;
  private final HadoopPartStore folder;
  private final HadoopPartStore parts;

  /**
   * @throws FileAlreadyExistsException if the file is there and must not be replaced
   */
  SingleFile(String target, Configuration settings, OutputOptions options) throws IOException {
    this.target = target;
    this.name = new Path(target).getName();
    this.options = options;
    Path parent = new Path(target).getParent();
    this.folder = new HadoopPartStore(parent == null ? "." : parent.toString(), settings);
    this.parts = new HadoopPartStore(target + ".parts", settings);
    if (!options.force() && folder.exists(name)) {
      throw new ExistingFileException(target, "exists already");
    }
  }

  HadoopPartStore parts() {
    return parts;
  }

  /** For the parts: of them nobody wants what is left of another run. */
  OutputOptions replacing() {
    return options.withForce(true);
  }

  /**
   * Puts the parts together and removes them.
   *
   * @return bytes of the file
   */
  long assemble() throws IOException {
    Manifest manifest = Manifest.read(parts);
    removeUnfinished(manifest);
    long[] bytes = new long[1];
    publish(out -> bytes[0] = PartsConcat.concat(parts, out, options.writeBytes()));
    parts.adoptFolder();
    parts.delete(Manifest.NAME);
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
          "has appeared meanwhile; use --force to replace it (the parts are in "
              + parts.name()
              + ")");
    }
  }

  /** What runs left that were killed while they did this: older than any of our parts. */
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
