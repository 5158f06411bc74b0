package org.bamarrow.internal.bgzf;

import java.util.zip.DataFormatException;

/**
 * Inflates one raw DEFLATE stream (RFC 1951) as it lies in a BGZF block. One instance serves one
 * thread at a time; closing it frees native memory and may be done twice.
 */
public interface BlockInflater extends AutoCloseable {
  /** The name that {@code --inflater} takes and the report prints. */
  String name();

  /**
   * Inflates {@code source[sourceOffset, sourceOffset + sourceLength)} into {@code target} from
   * {@code targetOffset} on and never writes past {@code targetOffset + targetLength}. A length of
   * 0 bytes of output (the end-of-file marker) is valid.
   *
   * @param targetLength the size that the stream must have, the block's ISIZE (0 to 65536)
   * @throws DataFormatException if the stream is broken, does not end inside the source, or does
   *     not inflate to exactly {@code targetLength} bytes
   */
  void inflate(
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
