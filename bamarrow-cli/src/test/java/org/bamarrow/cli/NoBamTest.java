package org.bamarrow.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.bamarrow.internal.bam.Samtools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is given as a BAM and is none: told by its content, with the sentence that helps. */
class NoBamTest {
  private static final String RECORD = "r1\t0\tchr1\t7\t60\t4M\t*\t0\t0\tACGT\tIIII\n";

  @TempDir private Path folder;

  private String refused(String name) {
    Cli.Result result = Cli.run("count", name);
    assertEquals(1, result.code(), result.err());
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result.err());
    return result.err();
  }

  private void assertTold(byte[] bytes, String... parts) throws IOException {
    String told = refused(Files.write(folder.resolve("x"), bytes).toString());
    for (String part : parts) {
      assertTrue(told.contains(part), () -> "'" + part + "' is not in: " + told);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void samTextWithAndWithoutHeader() throws IOException {
    assertTold(bytes("@SQ\tSN:chr1\tLN:9\n" + RECORD), "this is SAM text;", "samtools view -b");
    assertTold(bytes("@CO\tx\n" + RECORD), "this is SAM text;");
    assertTold(bytes("@PG\tID:x\n" + RECORD), "this is SAM text;");
    assertTold(
        bytes(RECORD), "this is SAM text without a header", "samtools view -b -t REF.fa.fai");
    assertTold(bytes("r\t4\t*\t0\t0\t*\t*\t0\t0\tA\tI\n"), "this is SAM text without a header");
    assertTold(gzip(bytes(RECORD)), "SAM text without a header, compressed with gzip");
  }

  @Test
  void aBamThatWasPackedOnceMoreOrOtherwise() throws Exception {
    Path bam = Cli.bam(folder, "a.bam", 1);
    assertTold(gzip(Files.readAllBytes(bam)), "compressed again with gzip", "gunzip");
    assertTold(gzip(bytes("BAM\1\0\0\0\0\0\0\0\0")), "compressed with gzip instead of bgzip");
    assertTold(bytes("BAM\1\0\0\0\0\0\0\0\0"), "the BAM is not compressed", "samtools view -b");
  }

  @Test
  void textInBgzfIsTold() throws Exception {
    Path sam = Files.write(folder.resolve("a.sam"), bytes("@SQ\tSN:chr1\tLN:9\n" + RECORD));
    Path packed = folder.resolve("a.sam.gz");
    Samtools.run("view", "-h", "-O", "sam.gz", "-o", packed.toString(), sam.toString());
    String told = refused(packed.toString());
    assertTrue(told.contains("this is SAM text, compressed with bgzip"), told);
  }

  @ParameterizedTest
  @CsvSource({
    "CRAM\\3\\0aaaaaaaaaaa, this is CRAM",
    "BAI\\1aaaaaaaaaaaa, use the BAM itself",
    "<!DOCTYPE html><html>, HTML or XML",
    "@r1 x\\nACGTN\\n+\\nIIIII\\n, this is FASTQ",
    ">chr1 x\\nACGTNACGTACGT\\n, this is FASTA",
    "##fileformat=VCFv4.2\\n, this is VCF",
    "version https://git-lfs.github.com/spec/v1\\n, git lfs pull",
    "PK\\3\\4aaaaaaaaaaaa, ZIP",
    "what else there may be, no BGZF block starts here"
  })
  void otherKindsOfFile(String start, String told) throws IOException {
    String text = start.replace("\\n", "\n").replace("\\0", "\0");
    assertTold(bytes(text.replace("\\1", "\1").replace("\\3", "\3").replace("\\4", "\4")), told);
  }

  @Test
  void arrowDataAreToldByCommandsThatReadBamsOnly() throws IOException {
    Path arrow = Files.write(folder.resolve("x"), bytes("ARROW1aaaaaaaaaaaaaa"));
    Cli.Result result = Cli.run("header", arrow);
    assertEquals(1, result.code());
    assertTrue(result.err().contains("this is an Arrow file"), result.err());
    assertTrue(result.err().contains("the commands view, head, count,"), result.err());
  }

  @Test
  void nothingAtAll() throws IOException {
    assertTold(new byte[0], "the file is empty");
    assertTold(bytes("ab"), "the file has only 2 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/x.bam, is a URL; only files and pipes are read: download it first",
    "HTTP://example.org/x.bam, curl -L URL",
    "s3://bucket/x.bam, the Spark data source reads it",
    "gs://bucket/x.bam, the Spark data source reads it",
    "no/such:/file, no such file"
  })
  void urls(String name, String told) {
    String error = refused(name);
    assertTrue(error.contains(told), error);
  }
}
