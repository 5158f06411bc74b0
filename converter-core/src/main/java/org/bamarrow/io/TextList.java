package org.bamarrow.io;

import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens text files that users write: names, tag values, BED files. Plain text, gzip, bgzip and zstd
 * are detected by content; a UTF-8 byte-order mark is skipped. UTF-16 text would silently match
 * nothing, so UTF-16 and NUL bytes are errors. The text is streamed, not held in memory.
 */
public final class TextList {
  private static final int MAX_MAGIC_BYTES = 4;
  private static final int BYTE_ORDER_MARK = 0xefbbbf;

  private TextList() {}

  /**
   * {@return the text of a file or FIFO}
   *
   * @param file plain, gzip, bgzip or zstd
   * @throws java.io.IOException if the input cannot be read
   */
  public static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return of(in, file.toString());
    } catch (IOException | RuntimeException | Error e) {
      try (in) {
        throw e;
      }
    }
  }

  /**
   * {@return the text of a stream, which is closed with it}
   *
   * @param in the stream, at its beginning
   * @param name the name for error messages
   * @throws IOException if it is not text; also thrown while reading
   */
  public static InputStream of(InputStream in, String name) throws IOException {
    try {
      return new WithoutNul(withoutMark(unpacked(in)), name);
    } catch (IOException e) {
      throw named(name, e);
    }
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    PushbackInputStream head =
        new PushbackInputStream(in, MAX_MAGIC_BYTES) {
          @Override
          public int available() {
            return 0; // ZstdInputStream calls this, and the channel of a FIFO throws
          }
        };
    long magic = peek(head, MAX_MAGIC_BYTES);
    if (peek(head, 2) == 0x1f8b) {
      return new GzipMembers(head);
    }
    if (magic == 0x28b52ffdL) {
      return new ZstdInputStream(head);
    }
    if (magic >>> 8 == 0x425a68 || magic == 0xfd377a58L || magic == 0x504b0304L) {
      throw new IOException(
          "compression by bzip2, xz or zip is not supported; use gzip, bgzip or zstd");
    }
    return head;
  }

  private static InputStream withoutMark(InputStream text) throws IOException {
    PushbackInputStream start = new PushbackInputStream(text, MAX_MAGIC_BYTES);
    if (peek(start, 3) == BYTE_ORDER_MARK) {
      start.skipNBytes(3);
    } else if (peek(start, 2) == 0xfffe || peek(start, 2) == 0xfeff) {
      throw notText("it is UTF-16");
    }
    return start;
  }

  /** The first bytes as a big-endian number, without consuming them; 0 if there are fewer. */
  private static long peek(PushbackInputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    in.unread(bytes);
    long value = 0;
    for (byte b : bytes) {
      value = value << 8 | b & 0xff;
    }
    return bytes.length < count ? 0 : value;
  }

  private static IOException notText(String problem) {
    return new IOException(problem + "; expected UTF-8 text, convert it with iconv -t UTF-8");
  }

  private static IOException named(String name, IOException e) {
    return new IOException(name + ": " + e.getMessage(), e);
  }

  private static final class WithoutNul extends FilterInputStream {
    private final String name;
    private long position;

    WithoutNul(InputStream in, String name) {
      super(in);
      this.name = name;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count;
      try {
        count = super.read(bytes, from, length);
      } catch (IOException e) {
        throw named(name, e);
      }
      for (int i = 0; i < count; i++) {
        if (bytes[from + i] == 0) {
          throw named(name, notText("byte " + (position + i) + " is NUL, as in UTF-16 or binary"));
        }
      }
      position += Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      return readNBytes((int) Math.min(count, 1 << 16)).length;
    }
  }
}
