package org.bamarrow.internal.bgzf;

import org.bamarrow.internal.base.LittleEndian;

/**
 * The header of a BGZF block (SAM specification 4.1): a gzip member with only FLG.FEXTRA set and a
 * BC subfield, anywhere in the extra field, with the block's size.
 */
public final class BlockHeader {
  /** ID1 to XLEN. */
  public static final int FIXED_BYTES = 12;

  /** CRC32 and ISIZE after the deflated data. */
  public static final int FOOTER_BYTES = 8;

  /** Maximum size of a block, and maximum size of its inflated data. */
  public static final int MAX_BYTES = 1 << 16;

  private BlockHeader() {}

  /**
   * Length of the whole header (fixed part and extra field).
   *
   * @param at offset of a block of which at least {@link #FIXED_BYTES} bytes are available
   */
  public static int length(byte[] data, int at) {
    return FIXED_BYTES + LittleEndian.uint16(data, at + 10);
  }

  /**
   * What is wrong with the first {@link #FIXED_BYTES} bytes of a block; null if they are valid.
   *
   * @param at offset of the block
   */
  public static String problem(byte[] data, int at) {
    boolean gzip = data[at] == 31 && data[at + 1] == (byte) 139;
    if (!gzip) {
      return "no BGZF block starts here (no gzip magic)";
    }
    if (data[at + 2] != 8) {
      return "BGZF block with compression method " + (data[at + 2] & 0xff) + " instead of 8";
    }
    if (data[at + 3] != 4) {
      return (data[at + 3] & 4) == 0
          ? "gzip, not BGZF (no extra field)"
          : "BGZF block with FLG " + (data[at + 3] & 0xff) + " instead of 4";
    }
    return null;
  }

  /**
   * Size of the whole block in bytes, from its BC subfield; -1 if the extra field is invalid, has
   * no BC subfield or more than one, or the size is smaller than header and footer.
   *
   * @param at offset of a block of which {@link #length} bytes are available
   */
  public static int blockSize(byte[] data, int at) {
    int end = at + length(data, at);
    int size = -1;
    int field = at + FIXED_BYTES;
    while (field < end) {
      if (end - field < 4) {
        return -1;
      }
      int fieldLength = LittleEndian.uint16(data, field + 2);
      if (field + 4 + fieldLength > end) {
        return -1;
      }
      if (data[field] == 'B' && data[field + 1] == 'C') {
        if (fieldLength != 2 || size >= 0) {
          return -1;
        }
        size = LittleEndian.uint16(data, field + 4) + 1;
      }
      field += 4 + fieldLength;
    }
    return size < end - at + FOOTER_BYTES ? -1 : size;
  }
}
