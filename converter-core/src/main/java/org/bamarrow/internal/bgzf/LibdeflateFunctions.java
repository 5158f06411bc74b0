package org.bamarrow.internal.bgzf;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.ObjectParameterInfo;
import com.kenai.jffi.Type;

/**
 * The functions of a libdeflate that we use, called through jffi, which passes arrays without a
 * copy on every JDK. Thread-safe. Loaded for the lifetime of the process.
 */
final class LibdeflateFunctions {
  private static final Invoker INVOKER = Invoker.getInstance();

  // Strong references: jffi frees call contexts and closes libraries that are unreachable.
  private static final CallContext ALLOC = signature(Type.POINTER);
  private static final CallContext FREE = signature(Type.VOID, Type.POINTER);
  // size_t is 64 bits wide; only 64-bit systems are supported.
  private static final CallContext INFLATE =
      signature(
          Type.SINT32,
          Type.POINTER,
          Type.POINTER,
          Type.UINT64,
          Type.POINTER,
          Type.UINT64,
          Type.POINTER);
  private static final CallContext CRC32 =
      signature(Type.UINT32, Type.UINT32, Type.POINTER, Type.UINT64);

  private static final ObjectParameterInfo SECOND = ArrayRange.asParameter(1);
  private static final ObjectParameterInfo FOURTH = ArrayRange.asParameter(3);

  private final Library library;
  private final long alloc;
  private final long inflate;
  private final long free;
  private final long crc32;

  private LibdeflateFunctions(Library library) {
    this.library = library;
    alloc = address("libdeflate_alloc_decompressor");
    inflate = address("libdeflate_deflate_decompress");
    free = address("libdeflate_free_decompressor");
    crc32 = address("libdeflate_crc32");
  }

  private static CallContext signature(Type result, Type... parameters) {
    return CallContext.getCallContext(
        result, parameters, CallingConvention.DEFAULT, false, false); // errno is not used
  }

  /**
   * Loads jffi's native library, by initializing this class.
   *
   * @throws LinkageError if jffi is missing or cannot be loaded
   * @throws RuntimeException if jffi cannot be loaded
   */
  static void loadJffi() {}

  /**
   * @param file path of the library, or a file name that the system's loader searches
   * @throws UnsatisfiedLinkError if there is no such library, or it is not libdeflate
   */
  static LibdeflateFunctions load(String file) {
    Library library = Library.openLibrary(file, Library.NOW | Library.LOCAL);
    if (library == null) {
      throw new UnsatisfiedLinkError(Library.getLastError());
    }
    return new LibdeflateFunctions(library);
  }

  private long address(String symbol) {
    long address = library.getSymbolAddress(symbol);
    if (address == 0) {
      throw new UnsatisfiedLinkError("no function " + symbol);
    }
    return address;
  }

  /** Address of a new decompressor; 0 if out of memory. */
  long allocate() {
    return INVOKER.invokeN0(ALLOC, alloc);
  }

  /**
   * Inflates a range to another that it must fill.
   *
   * @return an {@code enum libdeflate_result}
   */
  int inflate(long decompressor, ArrayRange source, ArrayRange target) {
    // Zeros stand for the ranges. The last argument, actual_out_nbytes_ret, is NULL, so that a
    // short output is an error.
    return (int)
        INVOKER.invokeN6(
            INFLATE,
            inflate,
            decompressor,
            0,
            source.length(),
            0,
            target.length(),
            0,
            2,
            source,
            ArrayRange.STRATEGY,
            SECOND,
            target,
            ArrayRange.STRATEGY,
            FOURTH);
  }

  int crc32(ArrayRange range) {
    return (int)
        INVOKER.invokeN3(CRC32, crc32, 0, 0, range.length(), 1, range, ArrayRange.STRATEGY, SECOND);
  }

  void free(long decompressor) {
    INVOKER.invokeN1(FREE, free, decompressor);
  }
}
