package org.bamarrow.internal.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bamarrow.errors.Worded;
import org.bamarrow.errors.Wording;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.BlockWindow;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;

/** The bytes of an index, inflated where they are BGZF, behind a cursor that believes no count. */
final class IndexBytes {
  /** What is made of the bytes takes about as much again. */
  private static final int MOST =
      (int) Math.min(1 << 30, Math.max(8 << 20, Runtime.getRuntime().maxMemory() / 16));

  private static final int GZIP = 0x8b1f;

  final String name;

  /** Null where the file is not compressed: then all of it is in {@link #data}. */
  private final BlockWindow window;

  private byte[] data;
  private int size;
  private int at;

  private IndexBytes(String name, BlockWindow window, byte[] data, int size) {
    this.name = name;
    this.window = window;
    this.data = data;
    this.size = size;
  }

  static IndexBytes load(ByteSource source, BlockInflater inflater) throws IOException {
    if (source.size() == ByteSource.UNKNOWN_SIZE) {
      throw new UnusableIndexException(source.name(), "it is a stream, not a file");
    }
    byte[] start = new byte[2];
    boolean compressed = source.read(0, start, 0, 2) == 2 && LittleEndian.uint16(start, 0) == GZIP;
    return compressed ? inflated(source, inflater) : plain(source);
  }

  private static IndexBytes plain(ByteSource source) throws IOException {
    if (source.size() > MOST) {
      throw tooLarge(source.name());
    }
    byte[] data = new byte[(int) source.size()];
    return new IndexBytes(source.name(), null, data, source.read(0, data, 0, data.length));
  }

  private static IndexBytes inflated(ByteSource source, BlockInflater inflater) throws IOException {
    BlockWindow window = new BlockWindow(source, inflater);
    window.open(0);
    return new IndexBytes(source.name(), window, window.data(), 0);
  }

  /**
   * Inflates as much as is wanted, so that what shows in the first bytes is found out before the
   * rest takes memory.
   *
   * @return whether so many bytes are there from the cursor on
   */
  private boolean has(long bytes) throws IOException {
    if (window == null || bytes <= size - at) {
      return bytes <= size - at;
    }
    try {
      boolean there = window.ensure(Math.min(at + bytes, MOST + 1L));
      data = window.data();
      size = window.size();
      if (size > MOST) {
        throw tooLarge(name);
      }
      return there && bytes <= size - at;
    } catch (BamFormatException e) {
      throw unusable("it is damaged: " + Worded.message(e, Wording.NONE));
    }
  }

  private static UnusableIndexException tooLarge(String name) {
    return new UnusableIndexException(
        name, "it has more than " + MOST + " bytes, a 16th of the heap; give more with -Xmx");
  }

  UnusableIndexException unusable(String reason) {
    return new UnusableIndexException(name, reason);
  }

  /** The next four bytes as characters; all there are where there are fewer. */
  String magic() throws IOException {
    has(4);
    int from = at;
    at = Math.min(size, at + 4);
    return new String(Arrays.copyOfRange(data, from, at), StandardCharsets.ISO_8859_1);
  }

  /** Whether a byte follows. */
  boolean more() throws IOException {
    return has(1);
  }

  int int32(String field) throws IOException {
    need(4, field);
    at += 4;
    return LittleEndian.int32(data, at - 4);
  }

  long int64(String field) throws IOException {
    need(8, field);
    at += 8;
    return LittleEndian.int64(data, at - 8);
  }

  void skip(int bytes, String field) throws IOException {
    need(bytes, field);
    at += bytes;
  }

  /**
   * A count of things of which each takes at least so many bytes: refused where they cannot be
   * there, so that it is safe to make room for them.
   */
  int count(String field, int bytesEach) throws IOException {
    return fitting(field, int32(field), bytesEach);
  }

  /** As {@link #count}, stored in 64 bits. */
  int longCount(String field, int bytesEach) throws IOException {
    return fitting(field, int64(field), bytesEach);
  }

  private int fitting(String field, long count, int bytesEach) throws IOException {
    if (count < 0 || count > Integer.MAX_VALUE || !has(count * bytesEach)) {
      throw unusable(
          "it is damaged: its %s is %d, with %d bytes behind it"
              .formatted(field, count, size - at));
    }
    return (int) count;
  }

  void requireEnd() throws IOException {
    if (more()) {
      throw unusable("it is damaged: " + (size - at) + " bytes or more stand behind its end");
    }
  }

  private void need(int bytes, String field) throws IOException {
    if (!has(bytes)) {
      throw unusable("it is cut short: it ends within " + field);
    }
  }
}
