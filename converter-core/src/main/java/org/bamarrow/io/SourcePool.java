package org.bamarrow.io;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sources that are opened when they are read, with a bounded number open at a time, so that the
 * number of inputs may exceed the system's limit of open files. A source that is being read stays
 * open; of the others the least recently used is closed first. Thread-safe.
 */
public final class SourcePool {
  /** Well below 256, the smallest usual limit of open files. */
  private static final int MAX_OPEN = 64;

  /** Opens a source, any number of times. */
  public interface Opener {
    /**
     * {@return the source}
     *
     * @throws java.io.IOException if the source cannot be opened
     */
    ByteSource open() throws IOException;
  }

  /** Sources that are open and not being read, the least recently used first. */
  private final Deque<Pooled> idle = new ArrayDeque<>();

  private int open;

  /** A pool without sources. */
  public SourcePool() {}

  /**
   * {@return a source that is opened when it is first read}
   *
   * @param name for messages
   * @param size in bytes; another size when the source is opened is an error
   * @param opener opens the source when it is first read
   */
  public ByteSource add(String name, long size, Opener opener) {
    return new Pooled(name, size, opener);
  }

  private final class Pooled implements ByteSource {
    private final String name;
    private final long size;
    private final Opener opener;

    // guarded by the pool's lock
    private ByteSource source;
    private int readers;
    private boolean closed;

    Pooled(String name, long size, Opener opener) {
      this.name = name;
      this.size = size;
      this.opener = opener;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      ByteSource opened = take();
      try {
        return opened.read(position, target, offset, length);
      } finally {
        giveBack();
      }
    }

    /** The source, which stays open until {@link #giveBack}. */
    private ByteSource take() throws IOException {
      synchronized (SourcePool.this) {
        if (closed) {
          throw new IOException(name + ": is closed");
        }
        idle.remove(this);
        readers++;
        if (source != null) {
          return source;
        }
      }
      try {
        return openOnce();
      } catch (IOException | RuntimeException | Error e) {
        giveBack();
        throw e;
      }
    }

    /** Does not hold the pool's lock while opening, which may need network requests. */
    private synchronized ByteSource openOnce() throws IOException {
      synchronized (SourcePool.this) {
        if (source != null) {
          return source;
        }
      }
      ByteSource found = opener.open();
      if (found.size() != size) {
        found.close();
        throw new IOException(
            name
                + ": was modified while it was being read: its size changed from "
                + size
                + " bytes to "
                + found.size());
      }
      synchronized (SourcePool.this) {
        source = found;
        open++;
        while (open > MAX_OPEN && !idle.isEmpty()) {
          idle.peek().end();
        }
      }
      return found;
    }

    private void giveBack() throws IOException {
      synchronized (SourcePool.this) {
        if (--readers == 0 && source != null) {
          idle.add(this);
          if (closed || open > MAX_OPEN) {
            end();
          }
        }
      }
    }

    /** Closes the source; it must not be in use. */
    private void end() throws IOException {
      idle.remove(this);
      ByteSource ended = source;
      source = null;
      open--;
      ended.close();
    }

    @Override
    public void close() throws IOException {
      synchronized (SourcePool.this) {
        closed = true;
        if (source != null && readers == 0) {
          end();
        }
      }
    }
  }
}
