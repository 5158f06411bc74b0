package org.bamarrow.io;

/**
 * BGZF virtual offsets (SAM specification 4.1.1): 48 bits of file position, 16 within the block.
 * They are unsigned: {@link Long#compareUnsigned} orders them.
 */
public final class VirtualOffset {
  private VirtualOffset() {}

  /**
   * {@return the virtual offset of the first byte of a block}
   *
   * @param block 0-based position of the block's first byte in the file
   */
  public static long of(long block) {
    return of(block, 0);
  }

  /**
   * {@return the virtual offset of a byte}
   *
   * @param block 0-based position of the block's first byte in the file
   * @param within 0-based position in the block's inflated bytes, 0 to 65535
   */
  public static long of(long block, int within) {
    return block << 16 | within;
  }

  /**
   * {@return the 0-based position in the file of the first byte of the block, in compressed bytes}
   *
   * @param virtualOffset BGZF virtual offset
   */
  public static long block(long virtualOffset) {
    return virtualOffset >>> 16;
  }

  /**
   * {@return the 0-based position within the block's inflated bytes, 0 to 65535}
   *
   * @param virtualOffset BGZF virtual offset
   */
  public static int within(long virtualOffset) {
    return (int) (virtualOffset & 0xffff);
  }
}
