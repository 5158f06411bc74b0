package org.bamarrow.internal.bgzf;

import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * Base class of the inflaters. Ranges are checked here, so that native code can rely on them;
 * closing is idempotent; use after closing is an {@link IllegalStateException}.
 *
 * <p>Bytes of the source after the end of the DEFLATE stream are ignored by every inflater, as in
 * htslib: not every library reports them, and the block's size and CRC32 are checked anyway.
 */
abstract class CheckedInflater implements BlockInflater {
  private final String name;
  private final CRC32 crc = new CRC32();
  private boolean closed;

  CheckedInflater(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int inflate(
      byte[] source,
      int sourceOffset,
      int sourceLength,
      byte[] target,
      int targetOffset,
      int targetLength)
      throws DataFormatException {
    if (closed) {
      throw new IllegalStateException("the " + name + " inflater is closed");
    }
    Objects.checkFromIndexSize(sourceOffset, sourceLength, source.length);
    Objects.checkFromIndexSize(targetOffset, targetLength, target.length);
    if (sourceLength == 0) {
      throw new DataFormatException("the DEFLATE stream is empty");
    }
    inflateChecked(source, sourceOffset, sourceLength, target, targetOffset, targetLength);
    return crc32(target, targetOffset, targetLength);
  }

  /**
   * Called with both ranges inside their arrays and a source that is not empty, while the inflater
   * is open.
   */
  abstract void inflateChecked(
      byte[] source,
      int sourceOffset,
      int sourceLength,
      byte[] target,
      int targetOffset,
      int targetLength)
      throws DataFormatException;

  /** CRC32 of inflated bytes. */
  int crc32(byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      free();
    }
  }

  /** Frees native memory; called once. */
  abstract void free();

  static DataFormatException invalid(String detail) {
    return new DataFormatException(
        "the DEFLATE stream is invalid" + (detail == null ? "" : ": " + detail));
  }

  static DataFormatException tooShort(int targetLength) {
    return new DataFormatException(
        "the DEFLATE stream inflates to fewer than the expected " + targetLength + " bytes");
  }

  static DataFormatException tooLong(int targetLength) {
    return new DataFormatException(
        "the DEFLATE stream inflates to more than the expected " + targetLength + " bytes");
  }

  static DataFormatException truncated() {
    return new DataFormatException("the DEFLATE stream does not end inside the block");
  }
}
