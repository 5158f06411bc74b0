package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.bamarrow.internal.ipc.OtherFooter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Whole outputs without their zone maps by their SHA-256, as they were before packages and names
 * were changed and before there were zone maps: not one byte may differ. Inputs come from standard
 * input, so that no path is in the metadata, and the version in it is that of {@code version.txt}
 * of the tests, which stays. Digests of compressed bodies change with the libraries of the codecs;
 * the failure prints what to write into {@code golden.tsv} then.
 */
class GoldenBytesTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvFileSource(resources = "golden.tsv", delimiter = '\t')
  void theBytesAreTheSame(String sha256, String options, String file) throws Exception {
    Path bam = CORPUS.resolve(file);
    assumeTrue(Files.exists(bam), () -> "no " + bam);
    assertEquals(sha256, digest(bam, options), options + "\t" + file);
  }

  private String digest(Path bam, String options) throws Exception {
    Path out = folder.resolve("out.arrow");
    Object[] words = ("convert --quiet " + options + " - " + out).split(" ");
    try (InputStream in = Files.newInputStream(bam)) {
      Cli.Result result = Cli.withInput(in, words);
      assertEquals(0, result.code(), result.err());
    }
    return sha256(out);
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(OtherFooter.bytes(file)));
  }
}
