package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.engine.PartsSchema;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;

/** An Arrow file, a stream or a directory of parts: files with the same columns, in order. */
public final class RewriteInput {
  private final Path path;

  /** Null for one file. */
  private final LocalPartStore store;

  private final Manifest manifest;
  private final IpcSchema schema;

  /**
   * Reads the schema.
   *
   * @param path of a file or directory
   * @throws IOException if it is not Arrow data
   */
  public RewriteInput(Path path) throws IOException {
    this.path = path;
    if (Files.isDirectory(path)) {
      store = new LocalPartStore(path.toString(), false);
      manifest = Manifest.read(store);
      manifest.requireNoPartitionColumns(store.name());
      schema = PartsSchema.of(store, manifest);
    } else {
      store = null;
      manifest = null;
      try (IpcBatches file = IpcBatches.open(new FileByteSource(path.toString(), path))) {
        schema = file.ipcSchema();
      }
    }
  }

  /** The name as given. */
  public String name() {
    return path.toString();
  }

  /** The schema of all rows, as of one file. */
  IpcSchema schema() {
    return schema;
  }

  /** The names of the files that are read. */
  public List<String> files() {
    List<String> names = new ArrayList<>();
    if (store == null) {
      names.add(path.toString());
    } else {
      names.add(path.resolve(Manifest.NAME).toString());
      manifest.parts().forEach(part -> names.add(path.resolve(part.name()).toString()));
    }
    return names;
  }

  /** Whether virtual offsets do not say where the rows are, as they come from several BAMs. */
  boolean hasManyInputs() {
    return store != null && manifest.inputs().size() > 1;
  }

  /** Bytes of all files. */
  public long bytes() throws IOException {
    return store == null ? Files.size(path) : bytesBefore(count());
  }

  /** Bytes of the files before one. */
  long bytesBefore(int index) {
    return store == null
        ? 0
        : manifest.parts().subList(0, index).stream().mapToLong(Part::bytes).sum();
  }

  /** Number of files. */
  int count() {
    return store == null ? 1 : manifest.parts().size();
  }

  /**
   * Which files can have rows that pass, by the manifest of a directory.
   *
   * @return null for one file, and without filters
   * @throws IOException if the metadata of the schema are not valid
   */
  PartFilter partFilter(ArrowFilters filters) throws IOException {
    return store == null || filters == null ? null : new PartFilter(store, manifest, filters);
  }

  /** A part of a directory. */
  Part part(int index) {
    return manifest.parts().get(index);
  }

  /**
   * Opens a file, which the caller closes.
   *
   * @param index 0-based
   * @param whole whether the checksum is compared, for which the file is read to its end
   * @throws IOException if it is not the one that the manifest names
   */
  ByteSource open(int index, boolean whole) throws IOException {
    if (store == null) {
      return new FileByteSource(path.toString(), path);
    }
    Part part = manifest.parts().get(index);
    ByteSource source = store.open(part.name());
    try {
      if (whole) {
        part.requireContent(source, name());
      } else {
        part.requireLength(source, name());
      }
    } catch (IOException | RuntimeException | Error e) {
      source.close();
      throw e;
    }
    return source;
  }

  /**
   * Checks that a file has the columns of all.
   *
   * @throws IOException if it has others
   */
  void requireColumns(int index, List<Field> fields) throws IOException {
    if (!fields.equals(schema.fields())) {
      throw new IOException(
          name()
              + (store == null
                  ? ": changed while it was read"
                  : ": part "
                      + manifest.parts().get(index).name()
                      + " has other columns than the manifest says"));
    }
  }

  /**
   * Checks the number of rows of a file that has been read to its end.
   *
   * @param rows also those that were left out
   * @throws IOException if the manifest says another one
   */
  void requireRows(int index, long rows) throws IOException {
    if (store != null) {
      manifest.parts().get(index).requireRows(rows, name());
    }
  }
}
