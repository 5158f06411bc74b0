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

/**
 * Reads the fields of an index, inflating BGZF, and checks every count against the remaining bytes.
 */
final class IndexBytes {
  /** Maximum size; the parsed index takes about the same memory again. */
  private static final int MAX_BYTES =
      (int) Math.min(1 << 30, Math.max(8 << 20, Runtime.getRuntime().maxMemory() / 16));

  private static final int GZIP = 0x8b1f;

  final String name;

  /** Null if the file is not compressed; then it is completely in {@link #data}. */
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
    if (source.size() > MAX_BYTES) {
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
   * Inflates on demand, so that errors in the first bytes are found before the rest uses memory.
   *
   * @return whether that many bytes are available from the cursor on
   */
  private boolean has(long bytes) throws IOException {
    if (window == null || bytes <= size - at) {
      return bytes <= size - at;
    }
    try {
      boolean available = window.ensure(Math.min(at + bytes, MAX_BYTES + 1L));
      data = window.data();
      size = window.size();
      if (size > MAX_BYTES) {
        throw tooLarge(name);
      }
      return available && bytes <= size - at;
    } catch (BamFormatException e) {
      throw unusable("it is damaged: " + Worded.message(e, Wording.NONE));
    }
  }

  private static UnusableIndexException tooLarge(String name) {
    return new UnusableIndexException(
        name, "it has more than " + MAX_BYTES + " bytes, 1/16 of the heap; increase it with -Xmx");
  }

  UnusableIndexException unusable(String reason) {
    return new UnusableIndexException(name, reason);
  }

  /** The next four bytes as characters, or fewer at the end. */
  String magic() throws IOException {
    has(4);
    int from = at;
    at = Math.min(size, at + 4);
    return new String(Arrays.copyOfRange(data, from, at), StandardCharsets.ISO_8859_1);
  }

  /** Whether there are more bytes. */
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
   * A count of items of at least {@code bytesEach} bytes. An error if the remaining bytes cannot
   * contain them, so that it is safe to allocate memory for them.
   */
  int count(String field, int bytesEach) throws IOException {
    return fitting(field, int32(field), bytesEach);
  }

  /** As {@link #count}, for a 64-bit count. */
  int longCount(String field, int bytesEach) throws IOException {
    return fitting(field, int64(field), bytesEach);
  }

  private int fitting(String field, long count, int bytesEach) throws IOException {
    if (count < 0 || count > Integer.MAX_VALUE || !has(count * bytesEach)) {
      throw unusable(
          "it is damaged: %s is %d, but only %d bytes follow".formatted(field, count, size - at));
    }
    return (int) count;
  }

  void requireEnd() throws IOException {
    if (more()) {
      throw unusable("it is damaged: " + (size - at) + " or more trailing bytes");
    }
  }

  private void need(int bytes, String field) throws IOException {
    if (!has(bytes)) {
      throw unusable("it is truncated: it ends within " + field);
    }
  }
}
