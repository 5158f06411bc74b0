package org.bamarrow.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bamarrow.internal.base.Rethrow;
import org.bamarrow.internal.bgzf.BlockBuffer;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.Interrupts;

/**
 * The limit for a conversion on this machine with the same threads and inflater: reads chunks in
 * order, inflates every block, checks CRC and size, and writes as many bytes as the Arrow output
 * has, without decoding. For one use; the lock of this object serializes reading.
 */
final class Limit {
  private static final int WRITE_BYTES = 1 << 20;

  private final ByteSource source;
  private final RawChunkReader reader;
  private final InflaterKind inflater;
  private final FileChannel out;
  private final long outBytes;
  private long blocks;
  private long inflatedBytes;
  private long writtenBytes;

  /**
   * Result of a run.
   *
   * @param seconds from opening the input to the last byte written
   */
  record Result(double seconds, long blocks, long inflatedBytes, long writtenBytes) {}

  private Limit(
      ByteSource source, InflaterKind inflater, int chunkBytes, FileChannel out, long outBytes) {
    this.source = source;
    // The inflated limit is so large that chunks end only at multiples of chunkBytes.
    this.reader = new RawChunkReader(source, 0, chunkBytes, 1 << 29, 1 << 20, true);
    this.inflater = inflater;
    this.out = out;
    this.outBytes = outBytes;
  }

  /**
   * @param chunkBytes compressed bytes per read
   * @param target the file to write, replaced if it exists; null: inflate and check only
   * @param outBytes final size of that file
   */
  static Result run(
      String bam, int threads, InflaterKind inflater, int chunkBytes, Path target, long outBytes)
      throws IOException {
    long begin = System.nanoTime();
    try (ByteSource source = ByteSources.open(bam);
        FileChannel out = target == null ? null : open(target)) {
      Limit limit = new Limit(source, inflater, chunkBytes, out, outBytes);
      limit.run(threads);
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Result(seconds, limit.blocks, limit.inflatedBytes, limit.writtenBytes);
    }
  }

  private static FileChannel open(Path target) throws IOException {
    return FileChannel.open(
        target,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void run(int threads) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(this::work);
      }
      for (Future<Void> worker : pool.invokeAll(workers)) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw Rethrow.causeOf(e);
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while the limit was being measured", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Void work() throws IOException {
    RawChunk chunk = new RawChunk();
    BlockBuffer inflated = new BlockBuffer();
    // Direct and small enough for the cache: the fastest way to write.
    ByteBuffer filler = ByteBuffer.allocateDirect(WRITE_BYTES);
    try (BlockInflater own = inflater.open()) {
      while (claim(chunk)) {
        inflated.clear();
        inflated.reserve((int) chunk.inflatedSize());
        for (int i = 0; i < chunk.blocks(); i++) {
          inflated.append(chunk, i, own, source.name());
        }
        if (out != null) {
          filler.clear();
          filler.put(inflated.data(), 0, Math.min(inflated.size(), WRITE_BYTES));
        }
        write(chunk, inflated.size(), filler);
      }
    }
    return null;
  }

  private synchronized boolean claim(RawChunk chunk) throws IOException {
    return reader.read(chunk);
  }

  /** Writes the share of the output that corresponds to the position of the chunk in the input. */
  private void write(RawChunk chunk, int inflatedSize, ByteBuffer filler) throws IOException {
    synchronized (this) {
      blocks += chunk.blocks();
      inflatedBytes += inflatedSize;
    }
    if (out == null) {
      return;
    }
    long at = share(chunk.position());
    long end = share(chunk.position() + chunk.length());
    synchronized (this) {
      writtenBytes += end - at;
    }
    while (at < end) {
      filler.clear().limit((int) Math.min(end - at, WRITE_BYTES));
      while (filler.hasRemaining()) {
        at += out.write(filler, at);
      }
    }
  }

  private long share(long position) {
    long size = source.size();
    return position == size ? outBytes : (long) ((double) position / size * outBytes);
  }
}
