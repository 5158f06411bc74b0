package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibdeflateLoaderTest {
  private static final byte[] DATA = DeflateStreams.text(5000, 1);
  private static final byte[] STREAM = DeflateStreams.deflate(DATA);

  private static void inflatesAndChecks(LibdeflateFunctions functions) throws Exception {
    try (BlockInflater inflater = new LibdeflateInflater(functions)) {
      assertArrayEquals(DATA, BlockInflaterTest.inflate(inflater, STREAM, DATA.length));
      assertThrows(
          DataFormatException.class, () -> BlockInflaterTest.inflate(inflater, STREAM, 4999));
    }
  }

  @Test
  void theLibraryInTheJarIsUsedWithoutOneInTheSystem(@TempDir Path folder) throws Exception {
    String platform = LibdeflateLoader.platform();
    assumeTrue(
        Set.of("linux-amd64", "linux-aarch64", "linux-ppc64le", "macos-aarch64", "macos-amd64")
            .contains(platform),
        platform);
    assertNull(InflaterKind.LIBDEFLATE.missing());
    LibdeflateFunctions bundled = LibdeflateLoader.bundled(folder);
    Files.delete(folder.resolve(System.mapLibraryName("deflate")));
    inflatesAndChecks(bundled);
  }

  @Test
  void theLibraryOfTheSystemWorksToo() throws Exception {
    LibdeflateFunctions ofSystem = LibdeflateLoader.ofSystem();
    assumeTrue(ofSystem != null, "libdeflate is not installed");
    inflatesAndChecks(ofSystem);
  }

  @Test
  void aFileThatIsNoLibraryIsReported(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("text.so"), "no library");
    UnsatisfiedLinkError e =
        assertThrows(UnsatisfiedLinkError.class, () -> LibdeflateFunctions.load(file.toString()));
    assertTrue(e.getMessage().contains("text.so"), e.getMessage());
  }

  @Test
  void aLibraryWithoutTheFunctionsIsReported() {
    String itself = null; // dlopen: the process, here the JVM
    UnsatisfiedLinkError e =
        assertThrows(UnsatisfiedLinkError.class, () -> LibdeflateFunctions.load(itself));
    assertEquals("no function libdeflate_alloc_decompressor", e.getMessage());
  }

  /**
   * os.name and os.arch of a JVM, the file for it, the file of jffi, and processor in their heads.
   */
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-amd64/libdeflate.so, x86_64-Linux/libjffi-1.2.so, 62",
    "Linux, aarch64, linux-aarch64/libdeflate.so, aarch64-Linux/libjffi-1.2.so, 183",
    "Linux, ppc64le, linux-ppc64le/libdeflate.so, ppc64le-Linux/libjffi-1.2.so, 21",
    "Mac OS X, x86_64, macos-amd64/libdeflate.dylib, Darwin/libjffi-1.2.jnilib, 0x01000007",
    "Mac OS X, aarch64, macos-aarch64/libdeflate.dylib, Darwin/libjffi-1.2.jnilib, 0x0100000c"
  })
  void librariesForOtherPlatformsAreThereAndForTheirProcessor(
      String system, String processor, String libdeflate, String jffi, String number)
      throws IOException {
    assertTrue(libdeflate.startsWith(LibdeflateLoader.platform(system, processor) + "/"));
    int expected = Integer.decode(number);
    assertTrue(processors("aircompressor/" + libdeflate).contains(expected), libdeflate);
    assertTrue(processors("jni/" + jffi).contains(expected), jffi);
  }

  /** For which processors the code in an ELF or Mach-O file is, by their own numbers. */
  private static Set<Integer> processors(String resource) throws IOException {
    byte[] head;
    try (InputStream in = LibdeflateLoader.class.getClassLoader().getResourceAsStream(resource)) {
      assertNotNull(in, resource);
      head = in.readNBytes(256);
    }
    ByteBuffer big = ByteBuffer.wrap(head);
    ByteBuffer little = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    return switch (big.getInt(0)) {
      case 0x7f454c46 -> Set.of((int) little.getShort(18)); // ELF: e_machine
      case 0xcffaedfe -> Set.of(little.getInt(4)); // Mach-O: cputype
      case 0xcafebabe -> // several of them in one file, 20 bytes about each
          IntStream.range(0, big.getInt(4))
              .mapToObj(i -> big.getInt(8 + 20 * i))
              .collect(Collectors.toSet());
      default -> throw new AssertionError("no library: " + resource);
    };
  }
}
