package org.bamarrow.internal.bgzf;

/**
 * BGZF virtual offsets (SAM specification 4.1.1): 48 bits of file position, 16 within the block.
 */
public final class VirtualOffset {
  private VirtualOffset() {}

  /**
   * @param block 0-based position of the block's first byte in the file
   * @param within 0-based position in the block's inflated bytes, 0 to 65535
   */
  public static long of(long block, int within) {
    return block << 16 | within;
  }

  public static long block(long virtualOffset) {
    return virtualOffset >>> 16;
  }

  public static int within(long virtualOffset) {
    return (int) (virtualOffset & 0xffff);
  }
}
