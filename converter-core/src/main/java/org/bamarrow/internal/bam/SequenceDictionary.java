package org.bamarrow.internal.bam;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.SplittableRandom;
import org.bamarrow.internal.bam.BamHeader.Reference;

/**
 * A reference dictionary in two arrays of numbers and one of bytes: a million references take some
 * 30 MB, a fifth of what objects of their own would. Immutable.
 */
public final class SequenceDictionary extends AbstractList<Reference> implements RandomAccess {
  private static final int SEED = new SplittableRandom().nextInt();

  private final byte[] names;
  private final int[] ends;
  private final int[] lengths;

  private SequenceDictionary(byte[] names, int[] ends, int[] lengths) {
    this.names = names;
    this.ends = ends;
    this.lengths = lengths;
  }

  /**
   * All names in UTF-8, one behind another without anything between; callers must not change it.
   */
  public byte[] names() {
    return names;
  }

  /** Where the name of reference {@code id} (0-based) begins in {@link #names}. */
  public int nameStart(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  /** Bytes of the name of reference {@code id} (0-based) in UTF-8. */
  public int nameLength(int id) {
    return ends[id] - nameStart(id);
  }

  /** Bases of reference {@code id} (0-based), as the dictionary says. */
  public int length(int id) {
    return lengths[id];
  }

  /** A hash of the name of reference {@code id} (0-based), which differs from run to run. */
  public int nameHash(int id) {
    return hash(names, nameStart(id), ends[id]);
  }

  /** Whether the name of reference {@code id} (0-based) is that of another list's reference. */
  public boolean isNamed(int id, SequenceDictionary other, int otherId) {
    return same(names, nameStart(id), ends[id], other, otherId);
  }

  /** Names of a file that were chosen to collide in a table must not: nobody outside knows this. */
  private static int hash(byte[] names, int from, int to) {
    int hash = SEED;
    for (int i = from; i < to; i++) {
      hash = (hash ^ names[i]) * 0x01000193;
      hash ^= hash >>> 15;
    }
    return hash;
  }

  private static boolean same(byte[] names, int from, int to, SequenceDictionary other, int id) {
    return Arrays.equals(names, from, to, other.names, other.nameStart(id), other.ends[id]);
  }

  @Override
  public Reference get(int id) {
    Objects.checkIndex(id, ends.length);
    String name = new String(names, nameStart(id), nameLength(id), StandardCharsets.UTF_8);
    return new Reference(name, lengths[id]);
  }

  @Override
  public int size() {
    return ends.length;
  }

  /** As of any list, but without objects where the other is such a list, too. */
  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof SequenceDictionary that
            ? Arrays.equals(names, that.names)
                && Arrays.equals(ends, that.ends)
                && Arrays.equals(lengths, that.lengths)
            : super.equals(other));
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  /** For looking up equal dictionaries: hashed once, without objects. */
  static final class Contents {
    private final SequenceDictionary list;
    private final int hash;

    Contents(SequenceDictionary list) {
      this.list = list;
      this.hash = 31 * Arrays.hashCode(list.names) + Arrays.hashCode(list.lengths);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Contents that && hash == that.hash && list.equals(that.list);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Collects references. For one thread. */
  public static final class Builder {
    private byte[] names = new byte[64];
    private int[] ends = new int[8];
    private int[] lengths = new int[8];
    private int size;

    /** References added so far. */
    public int size() {
      return size;
    }

    /** As {@link SequenceDictionary#length}. */
    public int length(int id) {
      return lengths[id];
    }

    /** As {@link SequenceDictionary#nameHash}. */
    public int nameHash(int id) {
      return hash(names, start(id), ends[id]);
    }

    /** As {@link SequenceDictionary#isNamed}. */
    public boolean isNamed(int id, SequenceDictionary other, int otherId) {
      return same(names, start(id), ends[id], other, otherId);
    }

    private int start(int id) {
      return id == 0 ? 0 : ends[id - 1];
    }

    /** Adds one of another list. */
    public void add(SequenceDictionary list, int id) {
      add(list.names, list.nameStart(id), list.ends[id], list.lengths[id]);
    }

    /**
     * Adds one.
     *
     * @param data holds its name in UTF-8
     */
    public void add(byte[] data, int from, int to, int length) {
      int start = start(size);
      int end = Math.addExact(start, to - from);
      if (end > names.length) {
        names = Arrays.copyOf(names, grown(names.length, end));
      }
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, grown(size, size + 1));
        lengths = Arrays.copyOf(lengths, ends.length);
      }
      System.arraycopy(data, from, names, start, to - from);
      ends[size] = end;
      lengths[size++] = length;
    }

    /** Half as much again: of a large dictionary twice as much would lie idle. */
    private static int grown(int length, int least) {
      return (int) Math.max(least, Math.min(Integer.MAX_VALUE - 8, length + (length >> 1) + 8L));
    }

    public SequenceDictionary build() {
      return new SequenceDictionary(
          Arrays.copyOf(names, start(size)),
          Arrays.copyOf(ends, size),
          Arrays.copyOf(lengths, size));
    }
  }
}
