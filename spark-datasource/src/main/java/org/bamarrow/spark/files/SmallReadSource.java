package org.bamarrow.spark.files;

import java.io.IOException;
import java.lang.ref.SoftReference;
import org.bamarrow.io.ByteSource;

/**
 * Caches a page of a remote source, so that nearby small reads need one request. On an object store
 * every read is a request, and reading headers, sampling tags and checking splits need a few bytes
 * at many positions. Large reads go to the source directly. Small reads are synchronized.
 */
final class SmallReadSource implements ByteSource {
  /** About what an object store transfers in the time of a request's latency. */
  static final int PAGE_BYTES = 256 << 10;

  /** Bytes from {@code position} on; fewer than a page only at the end of the source. */
  private record Page(long position, byte[] data, int length) {
    boolean has(long from, long to) {
      return from >= position && to <= position + length;
    }
  }

  private final ByteSource source;

  /** Soft, because a driver may have thousands of open files. */
  private SoftReference<Page> last = new SoftReference<>(null);

  /**
   * @param source owned from here on; its size is known
   */
  SmallReadSource(ByteSource source) {
    this.source = source;
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
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    if (length >= PAGE_BYTES) {
      return source.read(position, target, offset, length);
    }
    Page page = page(position, Math.min(position + length, size()));
    int got = (int) Math.max(0, Math.min(length, page.position + page.length - position));
    if (got > 0) {
      System.arraycopy(page.data, (int) (position - page.position), target, offset, got);
    }
    return got;
  }

  private synchronized Page page(long from, long to) throws IOException {
    Page page = last.get();
    if (page == null || !page.has(from, to)) {
      byte[] data = new byte[(int) Math.max(0, Math.min(PAGE_BYTES, size() - from))];
      page = new Page(from, data, source.read(from, data, 0, data.length));
      last = new SoftReference<>(page);
    }
    return page;
  }

  @Override
  public void release(long position) {
    source.release(position);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
