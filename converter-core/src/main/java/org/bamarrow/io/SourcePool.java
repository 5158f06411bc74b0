package org.bamarrow.io;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sources that are opened when they are read, of which only some are open at a time: any number of
 * files can be inputs, whatever number the system lets a program open. Each thread that reads keeps
 * one open; of the others the one that was read longest ago is closed first. Thread-safe.
 */
public final class SourcePool {
  /** Few beside the 256 that the smallest usual limit leaves a program. */
  private static final int OPEN = 64;

  /** Opens a source, any number of times. */
  public interface Opener {
    /**
     * {@return the source}
     *
     * @throws java.io.IOException if something cannot be read or written
     */
    ByteSource open() throws IOException;
  }

  /** Those that are open and not being read, the one read longest ago in front. */
  private final Deque<Pooled> idle = new ArrayDeque<>();

  private int open;

  /** A pool without sources. */
  public SourcePool() {}

  /**
   * {@return a source that is opened when it is first read}
   *
   * @param name for messages
   * @param size in bytes; a source that has another when it is opened is an error
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

    /** Others go on reading meanwhile: it may take the time of a question over the network. */
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
            name + ": was changed meanwhile, from " + size + " bytes to " + found.size());
      }
      synchronized (SourcePool.this) {
        source = found;
        open++;
        while (open > OPEN && !idle.isEmpty()) {
          idle.peek().end();
        }
      }
      return found;
    }

    private void giveBack() throws IOException {
      synchronized (SourcePool.this) {
        if (--readers == 0 && source != null) {
          idle.add(this);
          if (closed || open > OPEN) {
            end();
          }
        }
      }
    }

    /** Closes the source, which nobody reads. */
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
