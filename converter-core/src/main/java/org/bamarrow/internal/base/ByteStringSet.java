package org.bamarrow.internal.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bamarrow.convert.NameSet;

/**
 * A set of byte strings in one array, for millions of entries (12 to 20 bytes of overhead per
 * entry). Lookups take a range of a record's bytes and allocate nothing. Immutable, so threads can
 * share it. As a {@code Set<String>} it decodes UTF-8.
 */
public final class ByteStringSet extends AbstractSet<String> implements NameSet, Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] arena;
  private final int[] ends; // entry i is arena[ends[i - 1], ends[i])
  private final int[] slots; // entry + 1, or 0; open addressing, at most half full
  private final int size;

  private ByteStringSet(Builder from) {
    arena = Arrays.copyOf(from.arena, from.bytes);
    ends = Arrays.copyOf(from.ends, from.size);
    slots = from.slots.clone();
    size = from.size;
  }

  /** The set of these strings, encoded as UTF-8; {@code strings} itself if it is a byte set. */
  public static ByteStringSet of(Collection<String> strings) {
    if (strings instanceof ByteStringSet set) {
      return set;
    }
    Builder builder = new Builder();
    strings.forEach(builder::add);
    return builder.build();
  }

  public boolean contains(byte[] data, int from, int to) {
    return indexOf(data, from, to) >= 0;
  }

  /** The index of the entry that equals the range, 0 to {@link #size} - 1; -1 if there is none. */
  public int indexOf(byte[] data, int from, int to) {
    return slots[slot(arena, ends, slots, data, from, to)] - 1;
  }

  @Override
  public boolean contains(Object string) {
    if (!(string instanceof String text)) {
      return false;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return contains(bytes, 0, bytes.length);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Iterator<String> iterator() {
    return IntStream.range(0, size).mapToObj(this::string).iterator();
  }

  @Override
  public Stream<byte[]> encoded() {
    return IntStream.range(0, size)
        .mapToObj(entry -> Arrays.copyOfRange(arena, begin(ends, entry), ends[entry]));
  }

  /**
   * SHA-256 in hexadecimal of the strings in byte order, each followed by a line feed: what {@code
   * LC_ALL=C sort -u | sha256sum} prints for a file of one string per line.
   */
  public String sha256() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    IntStream.range(0, size)
        .boxed()
        .sorted(this::compare)
        .forEach(
            entry -> {
              int from = begin(ends, entry);
              digest.update(arena, from, ends[entry] - from);
              digest.update((byte) '\n');
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private int compare(int a, int b) {
    return Arrays.compareUnsigned(arena, begin(ends, a), ends[a], arena, begin(ends, b), ends[b]);
  }

  private String string(int entry) {
    int from = begin(ends, entry);
    return new String(arena, from, ends[entry] - from, StandardCharsets.UTF_8);
  }

  private static int begin(int[] ends, int entry) {
    return entry == 0 ? 0 : ends[entry - 1];
  }

  /** The slot of the entry that equals the range, or else the empty slot for it. */
  private static int slot(byte[] arena, int[] ends, int[] slots, byte[] data, int from, int to) {
    int mask = slots.length - 1;
    int at = hash(data, from, to) & mask;
    while (slots[at] != 0) {
      int entry = slots[at] - 1;
      if (Arrays.equals(arena, begin(ends, entry), ends[entry], data, from, to)) {
        return at;
      }
      at = at + 1 & mask;
    }
    return at;
  }

  private static int hash(byte[] data, int from, int to) {
    long hash = to - from;
    int at = from;
    for (; at <= to - 8; at += 8) {
      hash = mix(hash ^ LittleEndian.int64(data, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | data[at] & 0xff;
    }
    return (int) mix(hash ^ rest);
  }

  private static long mix(long value) {
    long product = value * 0x9e3779b97f4a7c15L;
    return product ^ product >>> 32;
  }

  /** Collects a set; for one thread. */
  public static final class Builder {
    private byte[] arena = new byte[64];
    private int[] ends = new int[8];
    private int[] slots = new int[16];
    private int bytes;
    private int size;

    /** Adds a string, encoded as UTF-8. */
    public Builder add(String string) {
      byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
      return add(utf8, 0, utf8.length);
    }

    /** Adds a copy of the range. */
    public Builder add(byte[] data, int from, int to) {
      int slot = slot(arena, ends, slots, data, from, to);
      if (slots[slot] != 0) {
        return this;
      }
      int length = to - from;
      if (length > Integer.MAX_VALUE - 8 - bytes) {
        throw new IllegalArgumentException("a list of names is limited to 2 GiB");
      }
      if (bytes + length > arena.length) {
        arena = Arrays.copyOf(arena, grown(arena.length, bytes + length));
      }
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, grown(size, size + 1));
      }
      System.arraycopy(data, from, arena, bytes, length);
      bytes += length;
      ends[size++] = bytes;
      slots[slot] = size;
      if (size > slots.length / 2) {
        rehash();
      }
      return this;
    }

    /**
     * Adds the words of a text, separated by white space as in samtools. Words are compared as
     * bytes.
     */
    public Builder addWords(InputStream text) throws IOException {
      byte[] buffer = new byte[1 << 16];
      int kept = 0; // bytes of an incomplete word at the start of the buffer
      for (int read; (read = text.read(buffer, kept, buffer.length - kept)) >= 0; ) {
        int word = 0;
        int filled = kept + read;
        for (int at = kept; at < filled; at++) {
          if (isSpace(buffer[at])) {
            addWord(buffer, word, at);
            word = at + 1;
          }
        }
        kept = filled - word;
        System.arraycopy(buffer, word, buffer, 0, kept);
        if (kept == buffer.length) {
          throw new IOException(
              "a word is longer than " + kept + " bytes; expected one name per line");
        }
      }
      addWord(buffer, 0, kept);
      return this;
    }

    public ByteStringSet build() {
      return new ByteStringSet(this);
    }

    private void addWord(byte[] data, int from, int to) {
      if (to > from) {
        add(data, from, to);
      }
    }

    private void rehash() {
      if (slots.length == 1 << 30) {
        throw new IllegalArgumentException("a list of names is limited to 500 million names");
      }
      int[] wider = new int[slots.length * 2];
      for (int entry = 0; entry < size; entry++) {
        wider[slot(arena, ends, wider, arena, begin(ends, entry), ends[entry])] = entry + 1;
      }
      slots = wider;
    }

    private static int grown(int length, int needed) {
      return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, length * 3L / 2));
    }

    /** isspace() of the C locale. */
    private static boolean isSpace(byte b) {
      return b == ' ' || b >= '\t' && b <= '\r';
    }
  }
}
