package org.bamarrow.it;

import org.bamarrow.io.ByteSource;

/** A virtual BAM: a head, then one block over and over, then a tail. */
final class GapSource implements ByteSource {
  private final byte[] head;
  private final byte[] block;
  private final byte[] tail;
  private final long tailAt;

  /**
   * @param times how often {@code block} stands between head and tail
   */
  GapSource(byte[] head, byte[] block, long times, byte[] tail) {
    this.head = head;
    this.block = block;
    this.tail = tail;
    this.tailAt = head.length + times * block.length;
  }

  @Override
  public String name() {
    return "virtual.bam";
  }

  @Override
  public long size() {
    return tailAt + tail.length;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    int done = 0;
    while (done < length && position + done < size()) {
      long at = position + done;
      byte[] from = at < head.length ? head : at < tailAt ? block : tail;
      long within =
          at < head.length ? at : at < tailAt ? (at - head.length) % block.length : at - tailAt;
      int part = (int) Math.min(length - done, from.length - within);
      System.arraycopy(from, (int) within, target, offset + done, part);
      done += part;
    }
    return done;
  }

  @Override
  public void close() {}
}
