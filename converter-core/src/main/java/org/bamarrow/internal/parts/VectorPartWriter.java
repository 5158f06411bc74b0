package org.bamarrow.internal.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.ipc.Codecs;
import org.bamarrow.parts.Part;

/**
 * Writes rows given as vectors of any owner as one Arrow IPC file. Owns nothing, so there is
 * nothing to close. For one thread.
 */
public final class VectorPartWriter {
  private final VectorSchemaRoot root;
  private final String name;
  private final PartChannel channel;
  private final ArrowFileWriter writer;
  private long rows;

  /**
   * Begins a part.
   *
   * @param root whose rows each {@link #writeBatch} takes; stays the caller's
   * @param options for the compression
   * @param name of the file, for the result
   * @param out stays the caller's, who has to close it before the file counts
   * @throws java.io.IOException if something cannot be read or written
   */
  public VectorPartWriter(
      VectorSchemaRoot root, OutputOptions options, String name, OutputStream out)
      throws IOException {
    this.root = root;
    this.name = name;
    this.channel = new PartChannel(out);
    this.writer =
        new ArrowFileWriter(
            root,
            null,
            channel,
            null,
            IpcOption.DEFAULT,
            Codecs.withZstdLevel(options.compressionLevel()),
            type(options.compression()));
    writer.start();
  }

  private static CodecType type(Compression compression) {
    return switch (compression) {
      case NONE -> CodecType.NO_COMPRESSION;
      case LZ4 -> CodecType.LZ4_FRAME;
      case ZSTD -> CodecType.ZSTD;
    };
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
   * @return the finished part
   * @throws java.io.IOException if something cannot be read or written
   */
  public Part finish() throws IOException {
    writer.end();
    return new Part(name, rows, rows, writer.bytesWritten(), channel.crc32(), List.of());
  }
}
