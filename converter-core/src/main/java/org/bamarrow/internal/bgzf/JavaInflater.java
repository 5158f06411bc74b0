package org.bamarrow.internal.bgzf;

import java.util.zip.DataFormatException;
import org.bamarrow.internal.base.LittleEndian;

/**
 * DEFLATE in Java, for whole blocks: where no native library can be loaded. What zlib rejects is
 * rejected here, too.
 *
 * <p>A block is decoded in two ways that share tables and position: {@link #decodeFast} where input
 * and output are far from their ends, without tests for either; and symbol by symbol ({@link
 * #decodeSymbol}) near the ends. The first leaves everything irregular to the second, which alone
 * knows errors.
 */
final class JavaInflater extends CheckedInflater {
  static final String NAME = "java";

  /** The fast loop reads eight bytes twice before it looks at the position again. */
  private static final int SOURCE_MARGIN = 16;

  /** The fast loop writes up to three literals, a match, and 15 bytes more. */
  private static final int TARGET_MARGIN = 3 + 258 + 16;

  private final DeflateInput in = new DeflateInput();
  private final DeflateCodes dynamic = new DeflateCodes();
  private byte[] target;
  private int start;
  private int position;
  private int end;

  JavaInflater() {
    super(NAME);
  }

  @Override
  void inflateChecked(
      byte[] source,
      int sourceOffset,
      int sourceLength,
      byte[] targetBytes,
      int targetOffset,
      int targetLength)
      throws DataFormatException {
    in.open(source, sourceOffset, sourceLength);
    target = targetBytes;
    start = targetOffset;
    position = targetOffset;
    end = targetOffset + targetLength;
    boolean last;
    do {
      last = in.take(1) == 1;
      switch (in.take(2)) {
        case 0 -> copyStored();
        case 1 -> decode(DeflateCodes.FIXED);
        case 2 -> {
          dynamic.read(in);
          decode(dynamic);
        }
        default -> throw invalid("block type");
      }
    } while (!last);
    if (position < end) {
      throw tooShort(targetLength);
    }
  }

  private void copyStored() throws DataFormatException {
    in.refill();
    in.skip(in.count & 7);
    int length = in.take(16);
    if (in.take(16) != (~length & 0xffff)) {
      throw invalid("length of a stored block");
    }
    in.alignToByte();
    if (length > in.end - in.position) {
      throw truncated();
    }
    requireSpace(length);
    System.arraycopy(in.source, in.position, target, position, length);
    in.position += length;
    position += length;
  }

  private void requireSpace(int length) throws DataFormatException {
    if (length > end - position) {
      throw tooLong(end - start);
    }
  }

  private void decode(DeflateCodes codes) throws DataFormatException {
    do {
      if (in.position <= in.end - SOURCE_MARGIN && position <= end - TARGET_MARGIN) {
        decodeFast(codes);
      }
    } while (decodeSymbol(codes));
  }

  /** Decodes as long as it is simple. */
  private void decodeFast(DeflateCodes codes) {
    int[] literals = codes.literals.entries;
    int[] distances = codes.distances.entries;
    byte[] source = in.source;
    byte[] to = target;
    int lastSource = in.end - SOURCE_MARGIN;
    int lastTarget = end - TARGET_MARGIN;
    long bits = in.bits;
    int count = in.count;
    int from = in.position;
    int at = position;
    while (from <= lastSource && at <= lastTarget) {
      bits |= LittleEndian.int64(source, from) << count;
      from += 63 - count >>> 3;
      count |= 56;
      int entry = literals[(int) bits & DeflateCodes.LITERAL_MASK];
      if ((entry & DecodeTable.LITERAL) != 0) {
        to[at++] = (byte) (entry >>> 8);
        bits >>>= entry;
        count -= entry & 63;
        entry = literals[(int) bits & DeflateCodes.LITERAL_MASK];
        if ((entry & DecodeTable.LITERAL) != 0) {
          to[at++] = (byte) (entry >>> 8);
          bits >>>= entry;
          count -= entry & 63;
          entry = literals[(int) bits & DeflateCodes.LITERAL_MASK];
          if ((entry & DecodeTable.LITERAL) != 0) {
            to[at++] = (byte) (entry >>> 8);
            bits >>>= entry;
            count -= entry & 63;
            continue;
          }
        }
        bits |= LittleEndian.int64(source, from) << count;
        from += 63 - count >>> 3;
        count |= 56;
      }
      if (entry < 0) {
        if ((entry & DecodeTable.LONGER) == 0) {
          break;
        }
        entry = codes.literals.longer(entry, bits);
        if ((entry & DecodeTable.LITERAL) != 0) {
          to[at++] = (byte) (entry >>> 8);
          bits >>>= entry;
          count -= entry & 63;
          continue;
        }
        if (entry < 0) {
          break;
        }
      }
      int length = value(entry, bits);
      long rest = bits >>> entry;
      int distanceEntry = distances[(int) rest & DeflateCodes.DISTANCE_MASK];
      if (distanceEntry < 0) {
        if ((distanceEntry & DecodeTable.LONGER) == 0) {
          break;
        }
        distanceEntry = codes.distances.longer(distanceEntry, rest);
        if (distanceEntry < 0) {
          break;
        }
      }
      int distance = value(distanceEntry, rest);
      if (distance > at - start) {
        break;
      }
      bits = rest >>> distanceEntry;
      count -= (entry & 63) + (distanceEntry & 63);
      copyMatch(to, at, distance, length);
      at += length;
    }
    in.bits = bits;
    in.count = count;
    in.position = from;
    position = at;
  }

  /** Least value of a length or distance plus its extra bits, which follow the code. */
  private static int value(int entry, long bits) {
    return (entry >>> 8 & 0x7fff) + (int) ((bits & ~(-1L << entry)) >>> (entry >>> 23));
  }

  /** May write up to 15 bytes more. */
  private static void copyMatch(byte[] to, int at, int distance, int length) {
    int stop = at + length;
    if (distance >= 8) {
      int from = at - distance;
      LittleEndian.int64(to, at, LittleEndian.int64(to, from));
      LittleEndian.int64(to, at + 8, LittleEndian.int64(to, from + 8));
      from += 16;
      at += 16;
      while (at < stop) {
        LittleEndian.int64(to, at, LittleEndian.int64(to, from));
        from += 8;
        at += 8;
      }
    } else if (distance == 1) {
      long run = (to[at - 1] & 0xff) * 0x0101010101010101L;
      do {
        LittleEndian.int64(to, at, run);
        at += 8;
      } while (at < stop);
    } else {
      copyBytes(to, at, distance, length);
    }
  }

  private static void copyBytes(byte[] to, int at, int distance, int length) {
    for (int stop = at + length; at < stop; at++) {
      to[at] = to[at - distance];
    }
  }

  /**
   * Decodes a literal, a match, or the end of the block, for which it returns false.
   *
   * @throws DataFormatException if neither follows
   */
  private boolean decodeSymbol(DeflateCodes codes) throws DataFormatException {
    in.refill();
    int entry = codes.literals.entry(in.bits);
    if ((entry & DecodeTable.LITERAL) != 0) {
      in.skip(entry & 63);
      requireSpace(1);
      target[position++] = (byte) (entry >>> 8);
      return true;
    }
    if (entry < 0) {
      in.skip(entry & 63);
      if ((entry & DecodeTable.END_OF_BLOCK) == 0) {
        throw invalid("code of a literal or length");
      }
      return false;
    }
    int length = value(entry, in.bits);
    in.skip(entry & 63);
    int distanceEntry = codes.distances.entry(in.bits);
    int distance = value(distanceEntry, in.bits);
    in.skip(distanceEntry & 63);
    if (distanceEntry < 0) {
      throw invalid("code of a distance");
    }
    if (distance > position - start) {
      throw invalid("a distance before the start");
    }
    requireSpace(length);
    copyBytes(target, position, distance, length);
    position += length;
    return true;
  }

  /** There is no native memory. */
  @Override
  void free() {
    target = null;
    in.open(new byte[0], 0, 0);
  }
}
