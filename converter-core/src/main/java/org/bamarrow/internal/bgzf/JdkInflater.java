package org.bamarrow.internal.bgzf;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The JDK's zlib: slower than the others, but always available. */
final class JdkInflater extends CheckedInflater {
  static final String NAME = "jdk";

  private final Inflater inflater = new Inflater(true);
  private final byte[] probe = new byte[1];

  JdkInflater() {
    super(NAME);
  }

  @Override
  void inflateChecked(
      byte[] source,
      int sourceOffset,
      int sourceLength,
      byte[] target,
      int targetOffset,
      int targetLength)
      throws DataFormatException {
    inflater.reset();
    inflater.setInput(source, sourceOffset, sourceLength);
    int count = inflate(target, targetOffset, targetLength);
    // zlib may stop before the end-of-block code if the target is full: request one byte more.
    if (count == targetLength && !inflater.finished() && inflate(probe, 0, 1) > 0) {
      throw tooLong(targetLength);
    }
    if (!inflater.finished()) {
      throw truncated();
    }
    if (count < targetLength) {
      throw tooShort(targetLength);
    }
  }

  private int inflate(byte[] target, int offset, int length) throws DataFormatException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      throw invalid(e.getMessage());
    }
  }

  @Override
  void free() {
    inflater.end();
  }
}
