package org.bamarrow.parts;

import java.io.IOException;
import java.util.Iterator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.io.ByteSource;

/**
 * Reads the rows of a complete directory of parts, in the order of the manifest. The length and the
 * checksum of each part are compared before its first batch is read. Holds one batch at a time; for
 * one thread.
 */
public final class PartsReader extends ArrowReader {
  private final PartStore store;
  private final Manifest manifest;
  private final Iterator<Part> parts;
  private Part part;
  private long rows;
  private IpcBatches reader;
  private long bytesRead;

  /**
   * Opens a complete directory of parts.
   *
   * @param store directory of parts
   * @param allocator allocator of the batches; owned by the caller
   * @throws IOException if there is no manifest, it is broken, or there are partition columns
   */
  public PartsReader(PartStore store, BufferAllocator allocator) throws IOException {
    super(allocator);
    this.store = store;
    this.manifest = Manifest.read(store);
    manifest.requireNoPartitionColumns(store.name());
    this.parts = manifest.parts().iterator();
  }

  @Override
  protected Schema readSchema() throws IOException {
    return manifest.arrowSchema();
  }

  /**
   * {@return the metadata of each input, which are read from its parts on demand}
   *
   * @throws java.io.IOException if something cannot be read or written
   */
  public InputMetadata inputMetadata() throws IOException {
    return InputMetadata.of(store, manifest);
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    while (reader == null || !reader.next()) {
      finishPart();
      if (!parts.hasNext()) {
        return false;
      }
      open(parts.next());
    }
    rows += reader.root().getRowCount();
    loadRecordBatch(new VectorUnloader(reader.root()).getRecordBatch());
    return true;
  }

  private void open(Part next) throws IOException {
    part = next;
    rows = 0;
    ByteSource source = store.open(part.name());
    try {
      part.requireContent(source, store.name());
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
    reader = IpcBatches.open(source);
    bytesRead += part.bytes();
    if (!SchemaMessage.fits(reader.schema(), getVectorSchemaRoot().getSchema())) {
      throw part.differs(store.name(), "its schema is not the manifest's");
    }
    reader.selectAll(allocator);
  }

  private void finishPart() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
      part.requireRows(rows, store.name());
    }
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  protected void closeReadSource() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
