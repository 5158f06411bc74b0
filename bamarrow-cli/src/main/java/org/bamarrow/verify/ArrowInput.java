package org.bamarrow.verify;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.ReadingMemory;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.parts.InputMetadata;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore;
import org.bamarrow.parts.PartsReader;

/**
 * An Arrow IPC file or stream, detected by its first bytes, or a directory of parts; read batch by
 * batch. Holds one batch at a time; for one thread.
 */
public final class ArrowInput implements ArrowToSam.Batches, Closeable {
  /** Loads the next batch into the vectors; false after the last. */
  private interface Next {
    boolean load() throws IOException;
  }

  private final BufferAllocator allocator = new RootAllocator(ReadingMemory.limit());
  private final Path path;
  private final Closeable reader;

  /** Null for a directory. */
  private final IpcBatches file;

  /** Of a directory; null for a single file. */
  private final VectorSchemaRoot root;

  private final Next batches;

  /** Null for a single file. */
  private final PartStore parts;

  ArrowInput(Path path) throws IOException {
    this(path, RowChoice.all());
  }

  /**
   * Opens the data.
   *
   * @param rows may leave out batches; then the checksums of parts are not compared
   */
  ArrowInput(Path path, RowChoice rows) throws IOException {
    this.path = path;
    Closeable opened = null;
    try {
      if (Files.isDirectory(path)) {
        file = null;
        parts = new LocalPartStore(path.toString(), false);
        if (rows.isAll()) {
          PartsReader all = new PartsReader(parts, allocator);
          opened = all::close;
          root = all.getVectorSchemaRoot();
          batches = all::loadNextBatch;
        } else {
          ChosenParts chosen = new ChosenParts(parts, rows, allocator);
          opened = chosen;
          root = chosen.root();
          batches = chosen::next;
        }
      } else {
        parts = null;
        file = open(path);
        opened = file;
        rows.opened(file);
        file.selectAll(allocator);
        root = null;
        batches = file::next;
      }
    } catch (IOException | RuntimeException | Error e) {
      close(opened, e);
      throw e;
    }
    reader = opened;
  }

  private void close(Closeable opened, Throwable failed) {
    try (allocator) {
      if (opened != null) {
        opened.close();
      }
    } catch (IOException | RuntimeException e) {
      failed.addSuppressed(e);
    }
  }

  private static IpcBatches open(Path path) throws IOException {
    return IpcBatches.open(new FileByteSource(path.toString(), path));
  }

  /**
   * The schema as written, with its metadata; no batch is read.
   *
   * @throws IOException if it is not Arrow data, or a directory without a manifest
   */
  public static IpcSchema schema(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (ArrowInput input = new ArrowInput(path)) {
        return IpcSchema.of(input.root.getSchema());
      }
    }
    try (IpcBatches file = open(path)) {
      return file.ipcSchema();
    }
  }

  /** The vectors of the current batch; {@link #next} refills the same vectors. */
  VectorSchemaRoot root() {
    return file == null ? root : file.root();
  }

  /** The vectors of {@link #root}. */
  @Override
  public List<FieldVector> vectors() {
    return file == null ? root.getFieldVectors() : file.vectors();
  }

  /** Number of rows of the current batch. */
  @Override
  public int rows() {
    return file == null ? root.getRowCount() : file.rows();
  }

  /**
   * The schema metadata about the conversion; for a directory also those of its parts.
   *
   * @throws IOException if bamarrow did not write them, or they are invalid
   */
  OutputMetadata outputMetadata() throws IOException {
    Map<String, String> metadata =
        file == null ? root.getSchema().getCustomMetadata() : file.ipcSchema().metadata();
    return new OutputMetadata(
        path.toString(),
        metadata == null ? Map.of() : metadata,
        parts == null ? null : InputMetadata.of(parts));
  }

  /**
   * Compares the zone maps of the file, or of all parts, with the batches, and what the manifest
   * tells of each part.
   *
   * @throws Mismatch if batches contradict their statistics
   * @throws IOException if they cannot be read, or the file with the statistics of all parts is not
   *     the one of the manifest
   */
  void checkZones() throws IOException, Mismatch {
    if (parts == null) {
      checkZones(open(path), null, path.toString());
      return;
    }
    Manifest manifest = Manifest.read(parts);
    checkBatches(manifest.batches());
    for (Part part : manifest.parts()) {
      String name = path + ": part " + part.name();
      PartZoneCheck told;
      try {
        told = part.zone() == null ? null : new PartZoneCheck("part " + part.name(), part.zone());
      } catch (IOException e) {
        throw new IOException(name + ": its zone in the manifest is not valid", e);
      }
      checkZones(IpcBatches.open(parts.open(part.name())), told, name);
    }
  }

  /** A missing file is no error: readers do without it. */
  private void checkBatches(Manifest.Batches told) throws IOException {
    if (told == null || !parts.isFile(PartNames.BATCHES)) {
      return;
    }
    try (ByteSource file = parts.open(PartNames.BATCHES)) {
      String problem = told.problem(file);
      if (problem != null) {
        throw new IOException(
            path
                + ": "
                + PartNames.BATCHES
                + " is not the one that was written: "
                + problem
                + "; delete it, queries read more without it, or convert again");
      }
    }
  }

  /**
   * @param opened is closed
   * @param told what the manifest tells; null: nothing
   */
  private void checkZones(IpcBatches opened, PartZoneCheck told, String name)
      throws IOException, Mismatch {
    try (IpcBatches file = opened) {
      ZoneCheck.check(file, told, allocator);
    } catch (RuntimeException e) { // of Arrow, or as a column is missing or of another type
      throw new IOException(name + ": the zone map is not one that bamarrow writes: " + e, e);
    }
  }

  /** False after the last batch. */
  @Override
  public boolean next() throws IOException {
    return batches.load();
  }

  @Override
  public void close() throws IOException {
    try (allocator) {
      reader.close();
    }
  }
}
