package org.bamarrow.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.bamarrow.internal.ipc.Codecs;

/** Reads Arrow IPC files back, to check the output of a measured conversion. */
final class ArrowFiles {
  private ArrowFiles() {}

  /** Rows of all record batches in the footer, according to their messages; no bodies are read. */
  static long rowsByFooter(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path);
        BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader = new ArrowFileReader(channel, allocator, Codecs.FACTORY)) {
      long rows = 0;
      for (ArrowBlock block : reader.getRecordBlocks()) {
        ByteBuffer metadata = ByteBuffer.allocate(block.getMetadataLength());
        read(channel, metadata, block.getOffset());
        metadata.order(ByteOrder.LITTLE_ENDIAN).position(8); // continuation mark and length
        RecordBatch batch = new RecordBatch();
        Message.getRootAsMessage(metadata).header(batch);
        rows += batch.length();
      }
      return rows;
    }
  }

  /**
   * Rows read by the reader of Arrow, with every body loaded and decompressed.
   *
   * @throws IOException if the file is not a complete Arrow file
   */
  static long rowsByReader(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path);
        BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader = new ArrowFileReader(channel, allocator, Codecs.FACTORY)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      long rows = 0;
      while (reader.loadNextBatch()) {
        rows += root.getRowCount();
      }
      return rows;
    } catch (RuntimeException e) { // Arrow throws all kinds of them on broken data
      throw new IOException(path + ": not a complete Arrow file: " + e, e);
    }
  }

  /** CRC-32C of the whole file: with the size, it distinguishes files. */
  static String checksum(Path path) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel channel = FileChannel.open(path)) {
      while (channel.read(buffer) >= 0) {
        crc.update(buffer.flip());
        buffer.clear();
      }
      return String.format("%08x-%d", crc.getValue(), channel.size());
    }
  }

  private static void read(FileChannel channel, ByteBuffer target, long position)
      throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        throw new IOException("the footer lists a batch beyond the end of the file");
      }
    }
  }
}
