package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
