package org.bamarrow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.internal.bam.Samtools;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of BED files that users have, each with its count or its error, beside samtools' count. */
class BedFormsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("bamarrow.shared", "../../shared"), "cases", "12-bed-forms");

  /** The form, records or the error's words, and records by samtools 1.16 (-: it refuses, too). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bed12.bed           | 2      | 2
          big.bed             | 20     | 20
          bom.bed             | 2      | 0
          chronly-bedgraph.bed| 1      | 1
          colon.bed           | 1      | 1
          comma.bed           | line 1 | 1
          crlf.bed            | 3      | 3
          dup.bed             | 2      | 2
          empty.bed           | 0      | 0
          float.bed           | line 1 | 1
          full.bed            | 20     | 20
          gz.bed.gz           | 2      | 2
          hash.bed            | 0      | 0
          headers.bed         | 2      | 2
          hla.bed             | 1      | 1
          interval_list.bed   | line 1 | -
          lead.bed            | 2      | 2
          mixed.bed           | 2      | 2
          neg.bed             | line 1 | -
          noend.bed           | 2      | 2
          one-space.bed       | 2      | 2
          onebased-picard.bed | line 1 | -
          onecol.bed          | line 1 | -
          pan.bed             | 20     | 20
          past.bed            | 20     | 20
          pipe.bed            | 1      | 1
          regionstyle.bed     | line 1 | -
          rev.bed             | line 1 | -
          tabs.bed            | 2      | 2
          trailingtab.bed     | 2      | 2
          two-spaces.bed      | 2      | 2
          twocol.bed          | 1      | 1
          unknown.bed         | 0      | 0
          zero.bed            | 0      | 0
          """)
  void aFormHasItsCountOrItsError(String form, String expected, String samtools) throws Exception {
    Assumptions.assumeTrue(Files.exists(FOLDER.resolve(form)), "no cases at " + FOLDER);
    Path bed = FOLDER.resolve(form);
    Path bam = FOLDER.resolve("in.bam");
    Cli.Result result = Cli.run("count", "-X", "off", "-L", bed, bam);
    if (expected.startsWith("line")) {
      assertEquals(2, result.code());
      assertTrue(result.err().startsWith("bamarrow: -L " + bed + ": " + expected), result.err());
      assertEquals(1, result.err().lines().count(), result.err());
    } else {
      assertEquals(expected, result.out().strip(), result.err());
      String note = expected.equals("0") ? "no record overlaps it" : "";
      assertTrue(result.err().strip().endsWith(note), result.err());
      assertEquals(note.isEmpty(), result.err().isEmpty(), result.err());
    }
    if (!samtools.equals("-")) {
      byte[] count = Samtools.run("view", "-c", "-L", bed.toString(), bam.toString());
      assertEquals(samtools, new String(count, UTF_8).strip());
    }
  }
}
