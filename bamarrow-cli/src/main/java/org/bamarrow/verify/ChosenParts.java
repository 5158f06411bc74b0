package org.bamarrow.verify;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartStore;

/**
 * The batches of a directory of parts that may have chosen rows. Lengths and, of parts that are
 * read, numbers of rows are compared with the manifest; checksums are not, since parts are not read
 * as a whole. For one thread.
 */
final class ChosenParts implements Closeable {
  private final PartStore store;
  private final BufferAllocator allocator;
  private final RowChoice choice;
  private final Iterator<Part> parts;
  private final VectorSchemaRoot root;
  private final VectorLoader loader;
  private Part part;
  private IpcBatches file;
  private long rows;

  /**
   * @param allocator stays the caller's
   */
  ChosenParts(PartStore store, RowChoice choice, BufferAllocator allocator) throws IOException {
    this.store = store;
    this.allocator = allocator;
    this.choice = choice;
    Manifest manifest = Manifest.read(store);
    manifest.requireNoPartitionColumns(store.name());
    choice.opened(store, manifest);
    parts = manifest.parts().iterator();
    root = VectorSchemaRoot.create(manifest.arrowSchema(), allocator);
    loader = new VectorLoader(root);
  }

  VectorSchemaRoot root() {
    return root;
  }

  /** Loads the next batch; false after the last. */
  boolean next() throws IOException {
    while (file == null || !file.next()) {
      finish();
      do {
        if (!parts.hasNext()) {
          return false;
        }
        part = parts.next();
      } while (!choice.needs(part));
      open();
    }
    rows += file.root().getRowCount();
    try (ArrowRecordBatch batch = new VectorUnloader(file.root()).getRecordBatch()) {
      loader.load(batch);
    }
    return true;
  }

  private void open() throws IOException {
    rows = 0;
    ByteSource source = store.open(part.name());
    try {
      part.requireLength(source, store.name());
    } catch (IOException e) {
      source.close();
      throw e;
    }
    file = IpcBatches.open(source);
    if (!file.schema().getFields().equals(root.getSchema().getFields())) {
      throw new IOException(
          store.name() + ": part " + part.name() + " has other columns than the manifest says");
    }
    choice.opened(file);
    file.selectAll(allocator);
  }

  private void finish() throws IOException {
    if (file == null) {
      return;
    }
    long all = rows + file.zones().rowsLeftOut();
    file.close();
    file = null;
    part.requireRows(all, store.name());
  }

  @Override
  public void close() throws IOException {
    root.close();
    if (file != null) {
      file.close();
    }
  }
}
