package org.bamarrow.internal.bgzf;

import java.util.zip.DataFormatException;

/**
 * Inflates raw DEFLATE streams (RFC 1951) of BGZF blocks. One thread at a time; closing frees
 * native memory and is idempotent.
 */
public interface BlockInflater extends AutoCloseable {
  /** The name in {@code --inflater} and in reports. */
  String name();

  /**
   * Inflates {@code source[sourceOffset, sourceOffset + sourceLength)} into {@code target} from
   * {@code targetOffset} on; never writes past {@code targetOffset + targetLength}. An output
   * length of 0 (the end-of-file marker) is valid.
   *
   * @param targetLength the expected inflated size, the block's ISIZE (0 to 65536)
   * @return CRC32 of the inflated bytes
   * @throws DataFormatException if the stream is invalid, does not end inside the source, or does
   *     not inflate to exactly {@code targetLength} bytes
   */
  int inflate(
      byte[] source,
      int sourceOffset,
      int sourceLength,
      byte[] target,
      int targetOffset,
      int targetLength)
      throws DataFormatException;

  @Override
  void close();
}
