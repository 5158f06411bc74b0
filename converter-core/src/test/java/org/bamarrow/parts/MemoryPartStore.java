package org.bamarrow.parts;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;

/** Like an object store: a file is there once it is closed. The room may be limited. */
public final class MemoryPartStore implements PartStore {
  private record File(byte[] bytes, long modified) {}

  private final Map<String, File> files = new TreeMap<>();
  private long room = Long.MAX_VALUE;
  private long clock = 1000;

  /** Lets what was published look as if it had failed. */
  public boolean losesAnswers;

  /** Done once, where another job may come in between. */
  public Precondition beforePublishing;

  public Precondition beforeDeleting;

  public void limitTo(long bytes) {
    room = bytes;
  }

  /** Of the files written from here on. */
  public synchronized void setClock(long time) {
    clock = time;
  }

  public synchronized List<String> names() {
    return List.copyOf(files.keySet());
  }

  public synchronized byte[] bytes(String name) {
    return files.get(name).bytes;
  }

  public synchronized void put(String name, byte[] bytes) {
    files.put(name, new File(bytes, clock));
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public OutputStream create(String name) throws IOException {
    if (names().contains(name)) {
      throw new IOException(name + ": exists");
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    return new FilterOutputStream(content) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        content.write(bytes, offset, length);
      }

      @Override
      public void close() {
        put(name, content.toByteArray());
      }
    };
  }

  private synchronized void take(long bytes) throws IOException {
    room -= bytes;
    if (room < 0) {
      throw new IOException("memory: No space left");
    }
  }

  @Override
  public void publish(String name, byte[] content, boolean replace, Precondition precondition)
      throws IOException {
    Precondition other = beforePublishing;
    beforePublishing = null;
    if (other != null) {
      other.check();
    }
    precondition.check();
    synchronized (this) {
      if (!replace && files.containsKey(name)) {
        throw new FileAlreadyExistsException(name);
      }
      put(name, content);
    }
    if (losesAnswers) {
      throw new IOException("the answer got lost");
    }
  }

  @Override
  public synchronized ByteSource open(String name) throws IOException {
    if (!files.containsKey(name)) {
      throw new IOException("memory/" + name + ": is missing");
    }
    return new BytesSource("memory/" + name, files.get(name).bytes);
  }

  @Override
  public synchronized boolean exists(String name) {
    return files.containsKey(name);
  }

  @Override
  public synchronized List<Entry> list() {
    return files.entrySet().stream()
        .map(
            file ->
                new Entry(file.getKey(), file.getValue().bytes.length, file.getValue().modified))
        .toList();
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    Precondition other = beforeDeleting;
    beforeDeleting = null;
    if (other != null) {
      other.check();
    }
    files.remove(name);
  }
}
