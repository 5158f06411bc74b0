package org.bamarrow.internal.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.ipc.BatchCompressor;
import org.bamarrow.internal.ipc.ZoneJson;
import org.bamarrow.internal.ipc.ZoneTable;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneBuilder;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.parts.Part;

/** Writes rows given as vectors of any owner as one Arrow IPC file. For one thread. */
public final class VectorPartWriter implements AutoCloseable {
  private final VectorSchemaRoot root;
  private final String name;
  private final PartChannel channel;
  private final ZoneBuilder builder;
  private final ZoneMap zones;
  private final List<ArrowBlock> blocks = new ArrayList<>();

  /** Metadata of the footer; Arrow's writer reads them at the end. */
  private final Map<String, String> footer = new HashMap<>();

  private final ArrowFileWriter writer;

  /** Null for no compression. */
  private final BatchCompressor compressor;

  private long rows;

  /**
   * Begins a part.
   *
   * @param root whose rows each {@link #writeBatch} takes; stays the caller's
   * @param options for the compression
   * @param allocator for compressed batches; stays the caller's
   * @param name of the file, for the result
   * @param out stays the caller's, who has to close it before the file counts
   * @throws java.io.IOException if something cannot be read or written
   */
  public VectorPartWriter(
      VectorSchemaRoot root,
      OutputOptions options,
      BufferAllocator allocator,
      String name,
      OutputStream out)
      throws IOException {
    this.root = root;
    this.name = name;
    this.channel = new PartChannel(out);
    this.compressor = BatchCompressor.of(options, root.getSchema().getFields(), allocator);
    ZoneColumns columns = ZoneColumns.of(root.getSchema().getFields(), true);
    this.builder = new ZoneBuilder(columns);
    this.zones = new ZoneMap(columns);
    this.writer = new Writer(root, channel);
    writer.start();
  }

  /** Arrow's writer, with compressed batches. */
  private final class Writer extends ArrowFileWriter {
    Writer(VectorSchemaRoot root, PartChannel channel) {
      super(root, null, channel, footer, IpcOption.DEFAULT);
    }

    @Override
    protected ArrowBlock writeRecordBatch(ArrowRecordBatch batch) throws IOException {
      zones.add(builder.zone(batch, null));
      ArrowBlock block = write(batch);
      blocks.add(block);
      return block;
    }

    private ArrowBlock write(ArrowRecordBatch batch) throws IOException {
      if (compressor == null) {
        return super.writeRecordBatch(batch);
      }
      try (ArrowRecordBatch compressed = compressor.compress(batch)) {
        return super.writeRecordBatch(compressed);
      }
    }
  }

  /**
   * Writes the rows that the root holds now as one batch.
   *
   * @throws java.io.IOException if something cannot be read or written
   */
  public void writeBatch() throws IOException {
    writer.writeBatch();
    rows += root.getRowCount();
  }

  /** {@return rows written so far} */
  public long rows() {
    return rows;
  }

  /** {@return bytes written so far} */
  public long bytes() {
    return writer.bytesWritten();
  }

  /**
   * Writes the footer.
   *
   * @param parts expected number of parts of the job
   * @return the finished part
   * @throws java.io.IOException if something cannot be read or written
   */
  public WrittenPart finish(int parts) throws IOException {
    byte[] table = null;
    if (!blocks.isEmpty()) {
      ZoneColumns columns = zones.columns();
      footer.putAll(ZoneTable.metadata(ZoneTable.write(null, columns, zones.zones(), blocks)));
      List<Zone> some = zones.zones(BatchesFile.rowsOfPart(parts));
      table = ZoneTable.write(name, columns, some, blocks);
    }
    writer.end();
    Part part =
        new Part(
            name,
            rows,
            rows,
            writer.bytesWritten(),
            channel.crc32(),
            List.of(),
            ZoneJson.write(zones));
    return new WrittenPart(part, table);
  }

  /** Frees the memory for compression; root and stream stay open. */
  @Override
  public void close() {
    if (compressor != null) {
      compressor.close();
    }
  }
}
