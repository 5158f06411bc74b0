package org.bamarrow.internal.bgzf;

import java.util.Arrays;
import java.util.HexFormat;

/** How a BGZF file ends (SAM specification 4.1.2), from best to worst. */
public enum FileEnd {
  /** With exactly the 28 bytes of the end-of-file marker. */
  MARKER("the end-of-file marker"),

  /** With an empty block of other bytes: not truncated within a block, but without the marker. */
  EMPTY_BLOCK("an empty block that is not the end-of-file marker"),

  /** With a block that has data, or without any block. */
  NO_MARKER("a block with data");

  private static final byte[] BYTES =
      HexFormat.of().parseHex("1f8b08040000000000ff0600424302001b0003000000000000000000");

  /** Length of the end-of-file marker. */
  public static final int MARKER_BYTES = BYTES.length;

  private final String words;

  FileEnd(String words) {
    this.words = words;
  }

  /** The text in reports. */
  public String words() {
    return words;
  }

  /** The worse of two. */
  public FileEnd and(FileEnd other) {
    return compareTo(other) < 0 ? other : this;
  }

  /**
   * Whether a block is the end-of-file marker.
   *
   * @param to offset after its last byte
   */
  public static boolean isMarker(byte[] data, int from, int to) {
    return Arrays.equals(data, from, to, BYTES, 0, BYTES.length);
  }
}
