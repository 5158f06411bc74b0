package org.bamarrow.internal.bam;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bamarrow.internal.base.Sha256;

/**
 * The SAM text of a header byte for byte (SAM specification 1.3). Its first run of {@code @SQ}
 * lines is kept separately, since it is most of a large header and equal in files of the same
 * genome, so that headers can share it. Immutable.
 */
public final class HeaderText {
  private static final byte[] HD = "@HD\t".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SQ = "@SQ\t".getBytes(StandardCharsets.US_ASCII);

  private final byte[] before;
  private final byte[] sequences;
  private final byte[] after;

  private HeaderText(byte[] before, byte[] sequences, byte[] after) {
    this.before = before;
    this.sequences = sequences;
    this.after = after;
  }

  /**
   * A copy of {@code text[0, length)}.
   *
   * @param text without the NUL padding
   */
  static HeaderText of(byte[] text, int length) {
    int first = 0;
    while (first < length && !isSequence(text, first, length)) {
      first = nextLine(text, first, length);
    }
    int end = first;
    while (end < length && isSequence(text, end, length)) {
      end = nextLine(text, end, length);
    }
    return new HeaderText(
        Arrays.copyOf(text, first),
        Arrays.copyOfRange(text, first, end),
        Arrays.copyOfRange(text, end, length));
  }

  private static boolean isSequence(byte[] text, int line, int length) {
    return line + SQ.length <= length && Arrays.equals(text, line, line + SQ.length, SQ, 0, 4);
  }

  private static int nextLine(byte[] text, int line, int length) {
    int at = line;
    while (at < length && text[at] != '\n') {
      at++;
    }
    return Math.min(length, at + 1);
  }

  /** The first run of {@code @SQ} lines. */
  byte[] sequences() {
    return sequences;
  }

  /** The same text, with {@link #sequences} replaced by an equal array. */
  HeaderText with(byte[] equalSequences) {
    return new HeaderText(before, equalSequences, after);
  }

  /** The whole text, as a new array. */
  public byte[] bytes() {
    byte[] all = Arrays.copyOf(before, before.length + sequences.length + after.length);
    System.arraycopy(sequences, 0, all, before.length, sequences.length);
    System.arraycopy(after, 0, all, before.length + sequences.length, after.length);
    return all;
  }

  /** Length of the whole text in bytes. */
  public int length() {
    return before.length + sequences.length + after.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeaderText that
        && (sequences == that.sequences || Arrays.equals(sequences, that.sequences))
        && Arrays.equals(before, that.before)
        && Arrays.equals(after, that.after);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(before) + Arrays.hashCode(sequences))
        + Arrays.hashCode(after);
  }

  /** SHA-256 of the text, in lower-case hexadecimal. */
  public String sha256() {
    return Sha256.hex(before, sequences, after);
  }

  /**
   * The lines of a type, decoded as Latin-1, without their terminators.
   *
   * @param type such as {@code @RG}
   */
  public List<String> lines(String type) {
    List<String> lines = new ArrayList<>();
    byte[] start = (type + "\t").getBytes(StandardCharsets.US_ASCII);
    addLines(before, start, lines);
    if (Arrays.equals(start, SQ)) {
      addLines(sequences, start, lines);
    }
    addLines(after, start, lines);
    return lines;
  }

  private static void addLines(byte[] text, byte[] start, List<String> lines) {
    int next;
    for (int at = 0; at < text.length; at = next) {
      next = nextLine(text, at, text.length);
      if (next - at >= start.length
          && Arrays.equals(text, at, at + start.length, start, 0, start.length)) {
        int end = text[next - 1] == '\n' ? next - 1 : next;
        end = end > at && text[end - 1] == '\r' ? end - 1 : end;
        lines.add(new String(text, at, end - at, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** SO of the {@code @HD} line, which must be the first; {@code unknown} if there is none. */
  public String sortOrder() {
    List<String> first = new ArrayList<>();
    addLines(Arrays.copyOf(before, nextLine(before, 0, before.length)), HD, first);
    String order = first.isEmpty() ? null : HeaderLine.field(first.get(0), "SO");
    return order == null || order.isEmpty() ? "unknown" : order;
  }

  /**
   * The names and lengths of the {@code @SQ} lines; null if one of them has no SN or no valid LN.
   */
  public SequenceDictionary references() {
    SequenceDictionary.Builder references = new SequenceDictionary.Builder();
    for (byte[] part : new byte[][] {before, sequences, after}) {
      int next;
      for (int at = 0; at < part.length; at = next) {
        next = nextLine(part, at, part.length);
        if (isSequence(part, at, part.length) && !add(part, at, next, references)) {
          return null;
        }
      }
    }
    return references.build();
  }

  private static boolean add(byte[] text, int from, int to, SequenceDictionary.Builder references) {
    int end = text[to - 1] == '\n' ? to - 1 : to;
    end = text[end - 1] == '\r' ? end - 1 : end;
    String line = new String(text, from, end - from, StandardCharsets.ISO_8859_1);
    String name = HeaderLine.field(line, "SN");
    String length = HeaderLine.field(line, "LN");
    if (name == null || length == null) {
      return false;
    }
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    try {
      references.add(bytes, 0, bytes.length, Integer.parseInt(length));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
