package org.bamarrow.spark.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bamarrow.io.ByteSource;

/**
 * Reads ranges of bytes of a remote source with large requests, the next one on a separate thread
 * while the current one is used: two buffers at most. What lies between the ranges is not read
 * ahead. Reads outside of them (of headers and to check the end of a split) and backward reads go
 * to the source directly. All methods are synchronized. An error of the thread is thrown by the
 * read that needs those bytes.
 */
final class ReadAheadSource implements ByteSource {
  /** Bytes from {@code position} on; fewer than the buffer holds only at the end. */
  private record Buffer(long position, byte[] data, int length) {
    boolean has(long at) {
      return at >= position && at < position + length;
    }
  }

  private final ByteSource source;
  private final int bufferBytes;

  /** Begin and end (exclusive) of each range, in the order of the file. */
  private final long[] bounds;

  private Buffer current;
  private Future<Buffer> next;
  private long nextPosition;
  private byte[] spare; // the buffer that is not in current; in use while there is a next
  private ExecutorService thread;
  private boolean closed;

  /**
   * @param source owned from here on
   * @param bufferBytes maximum bytes of one request, and of each of the two buffers
   * @param bounds begin and end (exclusive) of each range, in the order of the file
   */
  ReadAheadSource(ByteSource source, int bufferBytes, long... bounds) {
    this.source = source;
    this.bounds = bounds.clone();
    for (int i = 0; i < bounds.length; i++) {
      this.bounds[i] = Math.min(bounds[i], source.size());
    }
    long longest = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      longest = Math.max(longest, this.bounds[i + 1] - this.bounds[i]);
    }
    this.bufferBytes = (int) Math.min(bufferBytes, longest);
  }

  /** The end of the range that has a position; the position itself if none has it. */
  private long endOfRange(long at) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (at >= bounds[i] && at < bounds[i + 1]) {
        return bounds[i + 1];
      }
    }
    return at;
  }

  /** The first position from {@code at} on that is in a range; -1 if there is none. */
  private long nextInRange(long at) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (at < bounds[i + 1] && bounds[i] < bounds[i + 1]) {
        return Math.max(at, bounds[i]);
      }
    }
    return -1;
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
      if (endOfRange(at) == at || current != null && at < current.position) {
        return done + source.read(at, target, offset + done, length - done);
      }
      advance(at);
      if (!current.has(at)) {
        break; // the file has become shorter
      }
      int from = (int) (at - current.position);
      int part = Math.min(length - done, current.length - from);
      System.arraycopy(current.data, from, target, offset + done, part);
      done += part;
    }
    return done;
  }

  /** Makes {@link #current} the buffer with a position, which is not before it. */
  private void advance(long at) throws IOException {
    if (current != null && current.has(at)) {
      return;
    }
    byte[] free = current == null ? new byte[bufferBytes] : current.data;
    current = null;
    if (next != null && at >= nextPosition && at < nextPosition + wanted(nextPosition)) {
      current = take();
      spare = free;
    } else {
      discardNext();
      current = fetch(at, free);
    }
    long end = current.position + current.length;
    boolean complete = current.length == wanted(current.position);
    nextPosition = complete ? nextInRange(end) : -1;
    if (nextPosition >= 0) {
      byte[] into = spare == null ? new byte[bufferBytes] : spare;
      spare = into;
      long from = nextPosition;
      next = thread().submit(() -> fetch(from, into));
    } else {
      next = null;
    }
  }

  /**
   * Waits for a request whose bytes are not needed, and ignores its error, so that its buffer is
   * free.
   */
  private void discardNext() throws IOException {
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

  private Buffer fetch(long position, byte[] into) throws IOException {
    return new Buffer(position, into, source.read(position, into, 0, wanted(position)));
  }

  /** Bytes of the request for a position. */
  private int wanted(long position) {
    return (int) Math.min(bufferBytes, endOfRange(position) - position);
  }

  private Buffer take() throws IOException {
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
