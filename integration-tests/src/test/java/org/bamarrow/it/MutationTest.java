package org.bamarrow.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.it.Mutations.Mutant;
import org.bamarrow.it.Mutations.Verdict;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of every class that mutate.py knows: a clear error or all rows, nothing in between. */
class MutationTest {
  /** What came of one conversion: rows as SAM lines, or the error. */
  private record Outcome(String lines, BamFormatException error) {
    String message() {
      return error == null
          ? "rows " + Conversions.md5(lines.getBytes(ISO_8859_1))
          : error.toString();
    }
  }

  @TempDir private Path folder;

  @Test
  void damageIsNeverReadAsLessThanTheWhole() throws Exception {
    check(70, 1);
  }

  @Tag("full")
  @Test
  void fiveThousandDamagedFilesAreNeverReadAsLessThanTheWhole() throws Exception {
    check(850, 2);
  }

  private void check(int each, int seed) throws IOException {
    List<String> problems = new ArrayList<>();
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    int files = 0;
    for (Path source : sources()) {
      String lines = convert(source, Conversions.WHOLE).lines();
      Path mutants = Files.createDirectory(folder.resolve(source.getFileName() + ".mutants"));
      for (Mutant mutant : Mutations.make(source, mutants, each, seed)) {
        files++;
        verdicts.merge(mutant.verdict(), 1, Integer::sum);
        try {
          check(mutant, lines);
        } catch (IOException | RuntimeException | AssertionError e) {
          problems.add(source.getFileName() + ", " + mutant + ": " + e);
        }
        Files.delete(mutant.bam());
      }
    }
    System.out.printf(
        "%d of %d damaged files as told, %s%n", files - problems.size(), files, verdicts);
    assertEquals(List.of(), problems);
  }

  /** Small enough for mutate.py's walker in Python, of several blocks, with records across them. */
  private List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(Corpus.file("/samtools+htslib/test__range.bam"));
    sources.add(Corpus.file("/test__data__tags.bam"));
    sources.add(Corpus.file("__tests__nanopore_custom_tags.bam"));
    SynthProfile[] profiles = {SynthProfile.SHORT, SynthProfile.EDGE, SynthProfile.SINGLECELL};
    for (SynthProfile profile : profiles) {
      Path bam = folder.resolve(profile.label() + ".bam");
      SynthBam.write(bam, SynthOptions.of(profile, 150, 7).withBlocks(false, 6, 5000));
      sources.add(bam);
    }
    return sources;
  }

  private void check(Mutant mutant, String source) throws IOException {
    ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL);
    Outcome outcome = sameForEveryStrategy(mutant.bam(), options);
    // Finding tags reads samples from all over the file before the first record is converted.
    Outcome found = sameForEveryStrategy(mutant.bam(), options.withTags(TagOptions.defaults()));
    assertEquals(outcome.error == null, found.error == null, "with tags found by sample");
    switch (mutant.verdict()) {
      case YES -> assertNotNull(outcome.error, "no error");
      case NO -> assertRows(source, outcome);
      case EOF -> {
        assertNotNull(outcome.error, "no error");
        Outcome allowed = sameForEveryStrategy(mutant.bam(), options.withAllowMissingEof(true));
        assertRows(firstLines(source, mutant.records()), allowed);
      }
      case UNDETECTABLE -> assertAsSamtools(mutant.bam(), outcome, null);
      case EITHER -> assertAsSamtools(mutant.bam(), outcome, source);
      default -> throw new AssertionError(mutant.verdict());
    }
  }

  private static void assertRows(String expected, Outcome outcome) {
    assertNull(outcome.error);
    assertTrue(expected.equals(outcome.lines), "rows differ");
  }

  /** Rows, where there are some, are those of samtools, or else of the source. */
  private static void assertAsSamtools(Path bam, Outcome outcome, String source)
      throws IOException {
    if (outcome.error != null || outcome.lines.equals(source) || !Programs.hasSamtools()) {
      return;
    }
    Programs.Result samtools = Programs.run("samtools", "view", bam.toString());
    if (samtools.code() == 0) {
      assertTrue(
          new String(samtools.out(), ISO_8859_1).equals(outcome.lines), "not samtools' rows");
    } else {
      assertTrue(source == null, () -> "rows that samtools refuses to give: " + samtools.err());
    }
  }

  private Outcome sameForEveryStrategy(Path bam, ConvertOptions options) throws IOException {
    Outcome reference = convert(bam, options);
    MachineOptions pipeline = Conversions.machine(Strategy.PIPELINE, 3);
    assertEquals(reference.message(), convert(bam, options.withMachine(pipeline)).message());
    MachineOptions three = Conversions.machine(Strategy.SEGMENTS, 3).withSegments(3);
    Outcome segments = convert(bam, options.withMachine(three));
    assertTrue(
        segments.error != null || segments.lines.equals(reference.lines),
        "segments lost the error");
    return reference;
  }

  /** Any other exception than a BamFormatException, and an error of the JVM, comes through. */
  private Outcome convert(Path bam, ConvertOptions options) throws IOException {
    Path output = Files.createDirectories(folder.resolve("output"));
    Path arrow = output.resolve("out.arrow");
    try {
      Conversions.convert(bam, arrow, options);
    } catch (BamFormatException e) {
      assertTrue(e.getMessage().startsWith(bam + ": "), e.getMessage());
      assertEquals(0, e.getSuppressed().length, e.getMessage());
      Conversions.assertEmpty(output, bam.toString());
      return new Outcome(null, e);
    }
    String lines = new String(Conversions.sam(arrow), ISO_8859_1);
    Files.delete(arrow);
    return new Outcome(lines, null);
  }

  private static String firstLines(String text, long count) {
    try (Stream<String> lines = text.lines()) {
      StringBuilder first = new StringBuilder();
      lines.limit(count).forEach(line -> first.append(line).append('\n'));
      return first.toString();
    }
  }
}
