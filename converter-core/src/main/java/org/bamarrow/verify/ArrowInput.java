package org.bamarrow.verify;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.ipc.Codecs;
import org.bamarrow.ipc.IpcMessages;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartsReader;

/**
 * An Arrow IPC file or stream, told apart by its first bytes, or a directory of parts; read batch
 * by batch. Holds one batch at a time; for one thread.
 */
public final class ArrowInput implements Closeable {
  private final BufferAllocator allocator = new RootAllocator();
  private final Path path;
  private final ArrowReader reader;
  private final VectorSchemaRoot root;

  ArrowInput(Path path) throws IOException {
    this.path = path;
    ArrowReader opened = open();
    try {
      root = opened.getVectorSchemaRoot();
    } catch (IOException | RuntimeException e) {
      opened.close();
      allocator.close();
      throw unreadable(e);
    }
    reader = opened;
  }

  /**
   * The schema, with its metadata; no batch is read.
   *
   * @throws IOException if it is no Arrow data, or a directory without a manifest
   */
  public static Schema schema(Path path) throws IOException {
    try (ArrowInput input = new ArrowInput(path)) {
      return input.root.getSchema();
    }
  }

  private ArrowReader open() throws IOException {
    if (Files.isDirectory(path)) {
      return new PartsReader(new LocalPartStore(path.toString(), false), allocator);
    }
    FileByteSource source = new FileByteSource(path.toString(), path);
    FileChannel channel = source.channel(); // the reader closes it
    return IpcMessages.isFile(source)
        ? new ArrowFileReader(channel, allocator, Codecs.FACTORY)
        : new ArrowStreamReader(channel, allocator, Codecs.FACTORY);
  }

  /** The vectors of the present batch; {@link #nextBatch} fills the same vectors anew. */
  VectorSchemaRoot root() {
    return root;
  }

  /** What its schema tells, and of a directory the schemas of its parts. */
  OutputMetadata metadata() throws IOException {
    Map<String, String> metadata = root.getSchema().getCustomMetadata();
    return new OutputMetadata(
        metadata == null ? Map.of() : metadata,
        reader instanceof PartsReader parts ? parts.inputMetadata() : null);
  }

  /** False behind the last batch. */
  boolean nextBatch() throws IOException {
    try {
      return reader.loadNextBatch();
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** Arrow's readers throw all kinds of runtime exceptions on broken data. */
  private IOException unreadable(Exception cause) {
    return new IOException(path + ": not a whole Arrow file or stream: " + cause, cause);
  }

  @Override
  public void close() throws IOException {
    reader.close();
    allocator.close();
  }
}
