package org.bamarrow.internal.bgzf;

import java.lang.invoke.MethodHandle;
import java.util.zip.DataFormatException;

/** libdeflate of the operating system, through the foreign function API of JDK 22 and later. */
final class LibdeflateInflater extends CheckedInflater {
  static final String NAME = "libdeflate";

  /** Links the library, once per process. Static and final, so that the JIT inlines the handles. */
  private static final class Library {
    private static final LibdeflateLinker LINKED = LibdeflateLinker.link();
    static final String MISSING = LINKED.missing();
    static final MethodHandle ALLOC = LINKED.alloc();
    static final MethodHandle INFLATE = LINKED.inflate();
    static final MethodHandle FREE = LINKED.free();
  }

  private static final int SUCCESS = 0;
  private static final int SHORT_OUTPUT = 2;
  private static final int INSUFFICIENT_SPACE = 3;

  /** Address of the native decompressor. */
  private final long decompressor;

  private LibdeflateInflater() {
    super(NAME);
    try {
      decompressor = (long) Library.ALLOC.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
    if (decompressor == 0) {
      throw new OutOfMemoryError("libdeflate could not allocate a decompressor");
    }
  }

  /** Why this inflater is not available in this process; null if it is. Links the library. */
  static String missing() {
    return Library.MISSING;
  }

  static LibdeflateInflater open() {
    if (missing() != null) {
      throw new IllegalStateException(missing());
    }
    return new LibdeflateInflater();
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
    int result;
    try {
      result =
          (int)
              Library.INFLATE.invokeExact(
                  decompressor,
                  source,
                  sourceOffset,
                  sourceLength,
                  target,
                  targetOffset,
                  targetLength);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    switch (result) {
      case SUCCESS -> {}
      case SHORT_OUTPUT -> throw tooShort(targetLength);
      case INSUFFICIENT_SPACE -> throw tooLong(targetLength);
      default -> throw invalid(null);
    }
  }

  @Override
  void free() {
    try {
      Library.FREE.invokeExact(decompressor);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("the call into libdeflate failed", e);
  }
}
