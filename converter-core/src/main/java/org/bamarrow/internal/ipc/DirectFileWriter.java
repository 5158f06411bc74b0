package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.bamarrow.io.Interrupts;

/**
 * Writes a file with direct I/O, which requires whole aligned blocks: appended bytes are copied
 * into such blocks, which a dedicated thread writes. Bytes before the first block boundary or after
 * the last one are written through the page cache. One thread at a time may append.
 */
final class DirectFileWriter implements AutoCloseable {
  private static final int BLOCK = 1 << 20;
  private static final int BLOCKS = 4;
  private static final Full END = new Full(null, 0);

  private final FileChannel cached;
  private final FileChannel direct;
  private final int alignment;
  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Full> full = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final Thread writer = new Thread(this::writeAll, "bamarrow-direct-writer");
  private volatile Throwable failure;

  /**
   * The block being filled, which starts at file offset {@link #blockAt}; null if there is none.
   */
  private ByteBuffer block;

  private long blockAt;
  private long waited;

  private record Full(ByteBuffer block, long at) {}

  /**
   * For tests of failures; others use {@link #open}.
   *
   * @param cached owned by the caller
   * @param direct ownership is taken
   */
  DirectFileWriter(FileChannel cached, FileChannel direct, int alignment) {
    this.cached = cached;
    this.direct = direct;
    this.alignment = alignment;
    for (int i = 0; i < BLOCKS; i++) {
      free.add(
          ByteBuffer.allocateDirect(BLOCK + alignment).alignedSlice(alignment).slice(0, BLOCK));
    }
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Opens a file for direct I/O.
   *
   * @param cached a channel of the same file; owned by the caller
   * @throws IOException if the file system does not support direct I/O
   */
  static DirectFileWriter open(Path file, FileChannel cached) throws IOException {
    FileChannel direct = null;
    try {
      long alignment = Files.getFileStore(file).getBlockSize();
      if (alignment < 1 || BLOCK % alignment != 0) {
        throw new IOException("unsupported block size of " + alignment + " bytes");
      }
      direct = FileChannel.open(file, StandardOpenOption.WRITE, directOption());
      return new DirectFileWriter(cached, direct, (int) alignment);
    } catch (IOException | UnsupportedOperationException e) {
      if (direct != null) {
        direct.close();
      }
      throw new IOException("the file system does not support direct I/O: " + e.getMessage(), e);
    }
  }

  /** Found by reflection, since javac warns of this JDK-specific option. */
  private static OpenOption directOption() throws IOException {
    try {
      Class<?> extensions = Class.forName("com.sun.nio.file.ExtendedOpenOption");
      for (Object option : extensions.getEnumConstants()) {
        if (option.toString().equals("DIRECT")) {
          return (OpenOption) option;
        }
      }
      throw new IOException("the JVM has no option for it");
    } catch (ClassNotFoundException e) {
      throw new IOException("the JVM has no option for it", e);
    }
  }

  /**
   * Appends bytes, which are in the file after the next {@link #flush}.
   *
   * @param at 0-based file offset: the end of the bytes appended before, or any after a flush
   * @throws IOException if these or earlier bytes could not be written
   */
  void append(long at, ByteBuffer bytes) throws IOException {
    long next = at;
    int end = bytes.limit();
    if (block == null && next % alignment != 0) {
      long head = Math.min(alignment - next % alignment, bytes.remaining());
      bytes.limit(bytes.position() + (int) head);
      write(cached, bytes, next);
      next += head;
    }
    while (bytes.position() < end) {
      if (block == null) {
        block = takeFree();
        blockAt = next;
      }
      int length = Math.min(end - bytes.position(), block.remaining());
      block.put(bytes.limit(bytes.position() + length));
      next += length;
      if (!block.hasRemaining()) {
        full.add(new Full(block.flip(), blockAt));
        block = null;
      }
    }
  }

  /** Waits until all appended bytes are in the file. */
  void flush() throws IOException {
    if (block != null) {
      write(cached, block.flip(), blockAt);
      free.add(block.clear());
      block = null;
    }
    List<ByteBuffer> all = new ArrayList<>();
    while (all.size() < BLOCKS) {
      all.add(takeFree());
    }
    free.addAll(all);
    requireNoFailure();
  }

  /** Total time that {@link #append} and {@link #flush} have waited for the disk. */
  long waitedNanoseconds() {
    return waited;
  }

  private ByteBuffer takeFree() throws IOException {
    requireNoFailure();
    long begin = System.nanoTime();
    try {
      return free.take();
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while waiting for the disk", e);
    } finally {
      waited += System.nanoTime() - begin;
    }
  }

  private void requireNoFailure() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long next = at;
    while (bytes.hasRemaining()) {
      next += channel.write(bytes, next);
    }
  }

  /** Runs on the writer thread; after a failure, blocks are still released, to not block others. */
  private void writeAll() {
    try {
      for (Full next = full.take(); next != END; next = full.take()) {
        try {
          if (failure == null) {
            write(direct, next.block, next.at);
          }
        } catch (IOException | RuntimeException | Error e) {
          failure = e;
        }
        free.add(next.block.clear());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("unexpected interrupt of the writer thread", e);
    }
  }

  /** Stops the thread; bytes that have not been flushed may be lost. */
  @Override
  public void close() throws IOException {
    full.add(END);
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    direct.close();
  }
}
