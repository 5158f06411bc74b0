package org.bamarrow.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.Samtools;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Converts every sound BAM of the corpus and proves the result twice: htsjdk, samtools' text. */
class CorpusVerifyTest {
  private static final List<String> ALL_NAMES =
      Stream.of(ColumnOptions.CORE, ColumnOptions.ON_DEMAND).flatMap(List::stream).toList();

  @TempDir private Path folder;

  @Test
  void provesTheWholeCorpus() throws Exception {
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    Assumptions.assumeTrue(Files.isDirectory(corpus), "no corpus in " + corpus);
    List<String> problems = new ArrayList<>();
    int files = 0;
    long rows = 0;
    for (String line : Files.readAllLines(corpus.resolve("truth.tsv"))) {
      String[] truth = line.split("\t");
      if (!List.of("valid", "valid-edge", "derived").contains(truth[1])) {
        continue;
      }
      files++;
      Path bam = corpus.resolve(truth[0]);
      List<String[]> sam = samtools(bam);
      for (ConvertOptions options : variants(sam)) {
        Path arrow = folder.resolve("out.arrow");
        Files.deleteIfExists(arrow);
        try {
          BamToArrow.convert(List.of(bam.toString()), arrow.toString(), options);
          VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, text -> {});
          rows += result.rows();
          if (result.outcome() != VerifyResult.Outcome.EQUAL
              || result.rows() != Long.parseLong(truth[9])) {
            problems.add(truth[0] + " " + result.message());
          }
          if (options.tags().other() == OtherTags.ALL) {
            compareText(truth[0], bam, arrow, problems);
          }
        } catch (Exception | AssertionError e) {
          problems.add(truth[0] + " " + e);
        }
      }
    }
    System.out.println(files + " files of the corpus, " + rows + " rows proved in all variants");
    assertEquals(List.of(), problems);
    assertTrue(files > 0);
  }

  private static void compareText(String name, Path bam, Path arrow, List<String> problems)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArrowToSam.write(arrow, out, ArrowToSam.Parts.RECORDS);
    byte[] expected = Samtools.run("view", bam.toString());
    int at = Arrays.mismatch(expected, out.toByteArray());
    if (at >= 0) {
      int from = Math.max(0, at - 60);
      problems.add(
          name
              + " view differs at byte "
              + at
              + ": expected "
              + new String(expected, from, Math.min(100, expected.length - from), ISO_8859_1)
              + " found "
              + new String(
                  out.toByteArray(),
                  from,
                  Math.max(0, Math.min(100, out.size() - from)),
                  ISO_8859_1));
    }
  }

  private static List<String[]> samtools(Path bam) throws Exception {
    List<String[]> lines = new ArrayList<>();
    String text = new String(Samtools.run("view", bam.toString()), ISO_8859_1);
    for (String line : text.isEmpty() ? new String[0] : text.split("\n")) {
      lines.add(line.split("\t", -1));
    }
    return lines;
  }

  private static List<ConvertOptions> variants(List<String[]> sam) {
    Map<String, TagType> types = new LinkedHashMap<>();
    for (String[] fields : sam) {
      for (int i = 11; i < fields.length; i++) {
        String field = fields[i];
        boolean array = field.charAt(3) == 'B';
        String type = field.substring(0, 4) + (array ? ":" + field.charAt(5) : "");
        if (field.substring(0, 2).matches("[A-Za-z][A-Za-z0-9]")) {
          types.putIfAbsent(field.substring(0, 2), TagType.parse(type));
        }
      }
    }
    ConvertOptions defaults = ConvertOptions.defaults().withAllowMissingEof(true);
    ColumnOptions other =
        ColumnOptions.defaults()
            .withNames(ALL_NAMES)
            .withCoordinates(Coordinates.ZERO_BASED)
            .withQual(QualForm.NUMBERS)
            .withCigar(CigarForm.OPS);
    TagOptions typed = TagOptions.defaults().withListed(List.copyOf(types.values()));
    TagOptions all = TagOptions.NONE.withOther(OtherTags.ALL);
    return List.of(defaults.withTags(all), defaults.withTags(typed).withColumns(other));
  }
}
