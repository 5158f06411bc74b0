package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bamarrow.io.ByteSource;

/**
 * Reads a remote source in large pieces, the next one on a thread of its own while the one before
 * is used: two buffers at most. Begins once a read goes on where the last one ended; other reads
 * (headers, proofs of splits) go straight to the source. All methods lock it, so an error of the
 * thread comes to the reader who wants those bytes.
 */
final class ReadAheadSource implements ByteSource {
  /** Bytes from {@code position} on; fewer than the buffer holds only at the end of the source. */
  private record Piece(long position, byte[] data, int length) {
    boolean has(long at) {
      return at >= position && at < position + length;
    }
  }

  private final ByteSource source;
  private final int pieceBytes;
  private Piece current;
  private Future<Piece> next;
  private long nextPosition;
  private long lastEnd = -1;
  private byte[] spare;
  private ExecutorService thread;
  private boolean closed;

  /**
   * @param source owned from here on
   * @param pieceBytes of one read, and of each of the two buffers
   */
  ReadAheadSource(ByteSource source, int pieceBytes) {
    this.source = source;
    this.pieceBytes = pieceBytes;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public synchronized int read(long position, byte[] target, int offset, int length)
      throws IOException {
    if (closed) {
      throw new IOException(name() + ": closed");
    }
    if (current == null && position != lastEnd) {
      return readThrough(position, target, offset, length);
    }
    int done = 0;
    while (done < length && position + done < size()) {
      long at = position + done;
      if (!arrive(at)) {
        return done + readThrough(at, target, offset + done, length - done);
      }
      if (!current.has(at)) {
        break; // shorter than it said it was
      }
      int from = (int) (at - current.position);
      int part = Math.min(length - done, current.length - from);
      System.arraycopy(current.data, from, target, offset + done, part);
      done += part;
    }
    return done;
  }

  private int readThrough(long position, byte[] target, int offset, int length) throws IOException {
    int got = source.read(position, target, offset, length);
    lastEnd = position + got;
    return got;
  }

  /** Makes {@link #current} the piece at a place, where that goes on from what has been read. */
  private boolean arrive(long at) throws IOException {
    if (current != null && current.has(at)) {
      return true;
    }
    boolean follows = next != null && at == nextPosition;
    if (current != null && !follows) {
      return false;
    }
    Piece arrived = follows ? take() : fetch(at, new byte[pieceBytes]);
    spare = current == null ? new byte[pieceBytes] : current.data;
    current = arrived;
    nextPosition = current.position + current.length;
    if (current.length == pieceBytes && nextPosition < size()) {
      byte[] into = spare;
      long from = nextPosition;
      next = thread().submit(() -> fetch(from, into));
    } else {
      next = null;
    }
    return true;
  }

  private Piece fetch(long position, byte[] into) throws IOException {
    return new Piece(position, into, source.read(position, into, 0, into.length));
  }

  private Piece take() throws IOException {
    try {
      return next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(name() + ": " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name() + ": interrupted");
    }
  }

  private ExecutorService thread() {
    if (thread == null) {
      thread =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread reader = new Thread(work, "bamarrow-read-ahead");
                reader.setDaemon(true);
                return reader;
              });
    }
    return thread;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (thread != null) {
      thread.shutdownNow();
    }
    source.close();
  }
}
