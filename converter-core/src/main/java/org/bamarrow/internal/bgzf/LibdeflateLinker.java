package org.bamarrow.internal.bgzf;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;

/**
 * Finds libdeflate and creates method handles of its functions. java.lang.foreign (final since JDK
 * 22) is used by reflection, so that this compiles for Java 17 with any JDK.
 *
 * @param missing why the library is not available, in which case the handles are null; null if it
 *     is available
 * @param alloc {@code ()long}: a new decompressor; 0 if out of memory
 * @param inflate {@code (long decompressor, byte[] source, int offset, int length, byte[] target,
 *     int offset, int length)int}: an {@code enum libdeflate_result}
 * @param free {@code (long decompressor)void}
 */
record LibdeflateLinker(
    String missing, MethodHandle alloc, MethodHandle inflate, MethodHandle free) {
  private static final List<String> FILE_NAMES =
      List.of("libdeflate.so.0", "libdeflate.so", "libdeflate.dylib");

  static LibdeflateLinker link() {
    if (Runtime.version().feature() < 22) {
      return missing(
          "libdeflate needs the foreign function API of JDK 22 or later, this is JDK "
              + Runtime.version().feature());
    }
    try {
      Object lookup = lookup();
      return lookup == null
          ? missing("not found on this system: " + String.join(", ", FILE_NAMES))
          : new Foreign(lookup).link();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return missing("libdeflate could not be linked: " + e);
    }
  }

  private static LibdeflateLinker missing(String why) {
    return new LibdeflateLinker(why, null, null, null);
  }

  /**
   * A SymbolLookup of the first library that can be loaded, kept for the lifetime of the process;
   * or null.
   */
  private static Object lookup() throws ReflectiveOperationException {
    Class<?> arena = Class.forName("java.lang.foreign.Arena");
    var libraryLookup =
        Class.forName("java.lang.foreign.SymbolLookup")
            .getMethod("libraryLookup", String.class, arena);
    Object global = arena.getMethod("global").invoke(null);
    for (String fileName : FILE_NAMES) {
      try {
        return libraryLookup.invoke(null, fileName, global);
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof IllegalArgumentException)) { // not found
          throw e;
        }
      }
    }
    return null;
  }

  /** The parts of java.lang.foreign that one link needs. */
  private static final class Foreign {
    private final Object lookup;
    private final Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
    private final Class<?> layout = Class.forName("java.lang.foreign.MemoryLayout");
    private final Class<?> option = Class.forName("java.lang.foreign.Linker$Option");
    private final Class<?> descriptor = Class.forName("java.lang.foreign.FunctionDescriptor");
    private final Class<?> linker = Class.forName("java.lang.foreign.Linker");
    private final Object address = valueLayout("ADDRESS");
    // size_t, and opaque pointers; only 64-bit systems are supported.
    private final Object size = valueLayout("JAVA_LONG");
    private final Object result = valueLayout("JAVA_INT");

    Foreign(Object lookup) throws ReflectiveOperationException {
      this.lookup = lookup;
    }

    LibdeflateLinker link() throws ReflectiveOperationException {
      return new LibdeflateLinker(
          null,
          downcall("libdeflate_alloc_decompressor", describe(size)),
          onArrays(
              downcall(
                  "libdeflate_deflate_decompress",
                  describe(result, size, address, size, address, size, size),
                  critical())),
          downcall("libdeflate_free_decompressor", describeVoid(size)));
    }

    /**
     * From (decompressor, in, in_nbytes, out, out_nbytes_avail, actual_out_nbytes_ret) to arrays
     * and ranges. The last argument is NULL, so that a short output is an error.
     */
    private MethodHandle onArrays(MethodHandle function) throws ReflectiveOperationException {
      var lookup = MethodHandles.publicLookup();
      MethodHandle ofArray =
          lookup.findStatic(segment, "ofArray", methodType(segment, byte[].class));
      MethodHandle asSlice =
          lookup.findVirtual(segment, "asSlice", methodType(segment, long.class, long.class));
      MethodHandle slice = MethodHandles.filterArguments(asSlice, 0, ofArray);
      MethodHandle handle = MethodHandles.insertArguments(function, 5, 0L);
      handle = MethodHandles.collectArguments(handle, 3, slice);
      handle = MethodHandles.collectArguments(handle, 1, slice);
      var longs =
          methodType(
              int.class,
              long.class,
              byte[].class,
              long.class,
              long.class,
              byte[].class,
              long.class,
              long.class);
      handle = MethodHandles.permuteArguments(handle, longs, 0, 1, 2, 3, 3, 4, 5, 6, 6);
      return handle.asType(
          methodType(
              int.class,
              long.class,
              byte[].class,
              int.class,
              int.class,
              byte[].class,
              int.class,
              int.class));
    }

    private MethodHandle downcall(String symbol, Object function, Object... options)
        throws ReflectiveOperationException {
      Optional<?> found =
          (Optional<?>)
              Class.forName("java.lang.foreign.SymbolLookup")
                  .getMethod("find", String.class)
                  .invoke(lookup, symbol);
      Object optionArray = Array.newInstance(option, options.length);
      for (int i = 0; i < options.length; i++) {
        Array.set(optionArray, i, options[i]);
      }
      Object nativeLinker = linker.getMethod("nativeLinker").invoke(null);
      return (MethodHandle)
          linker
              .getMethod("downcallHandle", segment, descriptor, optionArray.getClass())
              .invoke(nativeLinker, found.orElseThrow(), function, optionArray);
    }

    /**
     * Heap arrays are passed without a copy; the garbage collector waits while a block is inflated.
     */
    private Object critical() throws ReflectiveOperationException {
      return option.getMethod("critical", boolean.class).invoke(null, true);
    }

    private Object valueLayout(String name) throws ReflectiveOperationException {
      return Class.forName("java.lang.foreign.ValueLayout").getField(name).get(null);
    }

    private Object describe(Object returned, Object... parameters)
        throws ReflectiveOperationException {
      return descriptor
          .getMethod("of", layout, layout.arrayType())
          .invoke(null, returned, layouts(parameters));
    }

    private Object describeVoid(Object... parameters) throws ReflectiveOperationException {
      return descriptor.getMethod("ofVoid", layout.arrayType()).invoke(null, layouts(parameters));
    }

    private Object layouts(Object... parameters) {
      Object layouts = Array.newInstance(layout, parameters.length);
      for (int i = 0; i < parameters.length; i++) {
        Array.set(layouts, i, parameters[i]);
      }
      return layouts;
    }
  }
}
