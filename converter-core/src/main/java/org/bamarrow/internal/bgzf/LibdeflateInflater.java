package org.bamarrow.internal.bgzf;

import java.util.zip.DataFormatException;

/** libdeflate, a native library that is in our jar; otherwise that of the operating system. */
final class LibdeflateInflater extends CheckedInflater {
  static final String NAME = "libdeflate";

  /** Loads the library, once per process. */
  private static final class Library {
    private static final LibdeflateLoader LOADED = LibdeflateLoader.load();
  }

  private static final int SUCCESS = 0;
  private static final int SHORT_OUTPUT = 2;
  private static final int INSUFFICIENT_SPACE = 3;

  private final LibdeflateFunctions libdeflate;

  /** Address of the native decompressor. */
  private final long decompressor;

  private final ArrayRange source = new ArrayRange();
  private final ArrayRange target = new ArrayRange();

  LibdeflateInflater(LibdeflateFunctions libdeflate) {
    super(NAME);
    this.libdeflate = libdeflate;
    decompressor = libdeflate.allocate();
    if (decompressor == 0) {
      throw new OutOfMemoryError("libdeflate could not allocate a decompressor");
    }
  }

  /** Why this inflater is not available in this process; null if it is. Loads the library. */
  static String missing() {
    return Library.LOADED.missing;
  }

  static LibdeflateInflater open() {
    if (missing() != null) {
      throw new IllegalStateException(missing());
    }
    return new LibdeflateInflater(Library.LOADED.functions);
  }

  @Override
  void inflateChecked(
      byte[] sourceBytes,
      int sourceOffset,
      int sourceLength,
      byte[] targetBytes,
      int targetOffset,
      int targetLength)
      throws DataFormatException {
    int result =
        libdeflate.inflate(
            decompressor,
            source.of(sourceBytes, sourceOffset, sourceLength),
            target.of(targetBytes, targetOffset, targetLength));
    switch (result) {
      case SUCCESS -> {}
      case SHORT_OUTPUT -> throw tooShort(targetLength);
      case INSUFFICIENT_SPACE -> throw tooLong(targetLength);
      default -> throw invalid(null);
    }
  }

  /** With wider vector instructions than the JDK's, and the bytes are in the cache. */
  @Override
  int crc32(byte[] bytes, int offset, int length) {
    return libdeflate.crc32(target.of(bytes, offset, length));
  }

  @Override
  void free() {
    libdeflate.free(decompressor);
  }
}
