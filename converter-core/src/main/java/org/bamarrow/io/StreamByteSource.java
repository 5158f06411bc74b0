package org.bamarrow.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A stream (standard input, a pipe) read by position: it keeps what has been read until {@link
 * #release}, because some bytes are read twice (header, tag sample, a record that spans two
 * chunks). All methods lock the source.
 */
public final class StreamByteSource implements ByteSource {
  private static final int PAGE = 1 << 18;

  private final String name;
  private final InputStream stream;
  private final Deque<byte[]> free = new ArrayDeque<>();
  private final List<byte[]> pages = new ArrayList<>();
  private long firstPage;
  private long front;
  private boolean ended;

  /**
   * A source that can only be read forward; closing it closes the stream.
   *
   * @param stream the stream, at its beginning
   * @param name name of the source, for messages
   */
  public StreamByteSource(String name, InputStream stream) {
    this.name = name;
    this.stream = stream;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return UNKNOWN_SIZE;
  }

  @Override
  public synchronized int read(long position, byte[] target, int offset, int length)
      throws IOException {
    if (position < firstPage * PAGE) {
      throw new IllegalStateException(name + ": byte " + position + " has been released");
    }
    while (front < position + length && !ended) {
      fill();
    }
    int available = (int) Math.max(0, Math.min(length, front - position));
    for (int done = 0; done < available; ) {
      long at = position + done;
      byte[] page = pages.get((int) (at / PAGE - firstPage));
      int within = (int) (at % PAGE);
      int part = Math.min(available - done, PAGE - within);
      System.arraycopy(page, within, target, offset + done, part);
      done += part;
    }
    return available;
  }

  private void fill() throws IOException {
    int within = (int) (front % PAGE);
    if (within == 0) {
      pages.add(free.isEmpty() ? new byte[PAGE] : free.pop());
    }
    int got = stream.readNBytes(pages.get(pages.size() - 1), within, PAGE - within);
    front += got;
    ended = got < PAGE - within;
  }

  @Override
  public synchronized void release(long position) {
    while (!pages.isEmpty() && (firstPage + 1) * PAGE <= Math.min(position, front)) {
      free.push(pages.remove(0));
      firstPage++;
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
