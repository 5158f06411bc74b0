package org.bamarrow.spark.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bamarrow.io.ByteSource;

/**
 * Reads the bytes of a split of a remote source in large pieces, the next one on a thread of its
 * own while the one before is used: two buffers at most. Reads outside of the split (headers,
 * proofs) and back in it go straight to the source. All methods lock it, so an error of the thread
 * comes to the reader who wants those bytes.
 */
final class ReadAheadSource implements ByteSource {
  /** Bytes from {@code position} on; fewer than the buffer holds only at the end. */
  private record Piece(long position, byte[] data, int length) {
    boolean has(long at) {
      return at >= position && at < position + length;
    }
  }

  private final ByteSource source;
  private final int pieceBytes;
  private final long begin;
  private final long end;
  private Piece current;
  private Future<Piece> next;
  private long nextPosition;
  private byte[] other; // not of current, but of next if there is one
  private ExecutorService thread;
  private boolean closed;

  /**
   * @param source owned from here on
   * @param pieceBytes of one read, and of each of the two buffers
   * @param begin nothing before this position is read in pieces
   * @param end nor anything from this one on
   */
  ReadAheadSource(ByteSource source, int pieceBytes, long begin, long end) {
    this.source = source;
    this.pieceBytes = pieceBytes;
    this.begin = begin;
    this.end = Math.min(end, source.size());
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
    int done = 0;
    while (done < length && position + done < size()) {
      long at = position + done;
      if (at < begin || at >= end || current != null && at < current.position) {
        return done + source.read(at, target, offset + done, length - done);
      }
      arrive(at);
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

  /** Makes {@link #current} the piece with a place, which does not lie before it. */
  private void arrive(long at) throws IOException {
    if (current != null && current.has(at)) {
      return;
    }
    byte[] free = current == null ? new byte[pieceBytes] : current.data;
    current = null;
    if (next != null && at < nextPosition + pieceBytes) {
      current = take();
      other = free;
    } else {
      passOver();
      current = fetch(at, free);
    }
    nextPosition = current.position + current.length;
    if (current.length == pieceBytes && nextPosition < end) {
      byte[] into = other == null ? new byte[pieceBytes] : other;
      other = into;
      long from = nextPosition;
      next = thread().submit(() -> fetch(from, into));
    } else {
      next = null;
    }
  }

  /** Waits for a piece that nobody wants, nor its error, so that its buffer is free. */
  private void passOver() throws IOException {
    try {
      if (next != null) {
        next.get();
      }
    } catch (ExecutionException unwanted) {
      next = null;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private Piece fetch(long position, byte[] into) throws IOException {
    int wanted = (int) Math.min(into.length, end - position);
    return new Piece(position, into, source.read(position, into, 0, wanted));
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
      throw interrupted();
    }
  }

  private InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException(name() + ": interrupted");
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
