package org.bamarrow.spark.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bamarrow.io.ByteSource;

/**
 * Reads the bytes of a split of a remote source with large requests, the next one on a separate
 * thread while the current one is used: two buffers at most. Reads outside the split (of headers
 * and to check its end) and backward reads go to the source directly. All methods are synchronized.
 * An error of the thread is thrown by the read that needs those bytes.
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
  private final long begin;
  private final long end;
  private Buffer current;
  private Future<Buffer> next;
  private long nextPosition;
  private byte[] spare; // the buffer that is not in current; in use while there is a next
  private ExecutorService thread;
  private boolean closed;

  /**
   * @param source owned from here on
   * @param bufferBytes of one request, and of each of the two buffers
   * @param begin start of the split
   * @param end end of the split, exclusive
   */
  ReadAheadSource(ByteSource source, int bufferBytes, long begin, long end) {
    this.source = source;
    this.bufferBytes = bufferBytes;
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
    if (next != null && at < nextPosition + bufferBytes) {
      current = take();
      spare = free;
    } else {
      discardNext();
      current = fetch(at, free);
    }
    nextPosition = current.position + current.length;
    if (current.length == bufferBytes && nextPosition < end) {
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
    int wanted = (int) Math.min(into.length, end - position);
    return new Buffer(position, into, source.read(position, into, 0, wanted));
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
