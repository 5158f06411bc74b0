package org.bamarrow.it;

import static org.bamarrow.it.Conversions.ALL_IN_MAP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.verify.Verifier;
import org.bamarrow.verify.VerifyResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every BAM of the corpus: the rows of truth.tsv, or the error that it asks for. */
class CorpusTest {
  /** What one file must pass. */
  private interface Check {
    void on(Corpus.Entry entry) throws Exception;
  }

  /** Tags found by sample, CIGAR and QUAL as lists, 0-based: all that {@code WHOLE} is not. */
  private static final ConvertOptions EVERY_COLUMN =
      Conversions.WHOLE
          .withTags(TagOptions.defaults())
          .withColumns(
              ColumnOptions.defaults()
                  .withNames(
                      Stream.of(ColumnOptions.CORE, ColumnOptions.ON_DEMAND)
                          .flatMap(List::stream)
                          .toList())
                  .withCoordinates(Coordinates.ZERO_BASED)
                  .withQual(QualForm.NUMBERS)
                  .withCigar(CigarForm.OPS));

  @TempDir private Path folder;

  @Test
  void everySoundFileGivesTheRowsOfTheTruthForEveryStrategyAndNumberOfThreads() throws Exception {
    List<Corpus.Entry> sound = Corpus.entries().stream().filter(Corpus.Entry::sound).toList();
    all("sound corpus files give the rows of samtools view", sound, e -> rows(e, false));
  }

  @Test
  void everyMalformedFileFailsWithItsPlaceAndLeavesNothing() throws Exception {
    List<Corpus.Entry> malformed = Corpus.entries().stream().filter(e -> !e.sound()).toList();
    all("malformed corpus files fail as told", malformed, this::fails);
    List<Corpus.Entry> noEof = malformed.stream().filter(e -> !e.errors()).toList();
    assertTrue(noEof.size() >= 4);
    all("files without end-of-file marker are read on demand", noEof, e -> rows(e, true));
  }

  @Test
  void htsjdkReadsTheSameFieldForField() throws Exception {
    List<Corpus.Entry> readable =
        Corpus.entries().stream().filter(e -> e.sound() || !e.errors()).toList();
    List<String> notForHtsjdk = new ArrayList<>();
    all(
        "corpus files verified with htsjdk",
        readable,
        entry -> {
          for (ConvertOptions options : List.of(Conversions.WHOLE, EVERY_COLUMN)) {
            Path arrow = folder.resolve("out.arrow");
            Conversions.convert(entry.bam(), arrow, options.withAllowMissingEof(!entry.sound()));
            VerifyResult result =
                Verifier.verify(List.of(entry.bam().toString()), arrow, message -> {});
            if (result.outcome() == VerifyResult.Outcome.NOT_READABLE_BY_HTSJDK) {
              notForHtsjdk.add(result.message());
            } else {
              assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
              assertEquals(entry.records(), result.rows());
            }
            Files.delete(arrow);
          }
        });
    notForHtsjdk.forEach(System.out::println);
    assertTrue(notForHtsjdk.size() <= 2, "htsjdk cannot read " + notForHtsjdk.size());
  }

  @Test
  void liveSamtoolsPrintsTheSameLines() throws Exception {
    Programs.requireSamtools();
    List<Corpus.Entry> sound = Corpus.entries().stream().filter(Corpus.Entry::sound).toList();
    all(
        "sound corpus files are line for line what samtools on the PATH prints",
        sound,
        entry -> {
          Path arrow = folder.resolve("out.arrow");
          Conversions.convert(entry.bam(), arrow, Conversions.WHOLE);
          byte[] expected = Programs.run("samtools", "view", entry.bam().toString()).orFail().out();
          assertArrayEquals(expected, Conversions.sam(arrow));
        });
  }

  private void rows(Corpus.Entry entry, boolean allowMissingEof) throws IOException {
    for (BatchOptions batches : List.of(Conversions.SMALL, BatchOptions.defaults())) {
      ConvertOptions options =
          ConvertOptions.defaults()
              .withTags(ALL_IN_MAP)
              .withBatches(batches)
              .withAllowMissingEof(allowMissingEof);
      Path first = null;
      for (MachineOptions machine : Conversions.machines()) {
        Path arrow = folder.resolve(machine.strategy() + "-" + machine.threads() + ".arrow");
        ConvertReport report =
            Conversions.convert(entry.bam(), arrow, options.withMachine(machine));
        assertEquals(entry.records(), report.rows(), "rows of the report");
        assertNotEquals(allowMissingEof, report.endMarkerSeen());
        if (first == null) {
          first = arrow;
          assertEquals(entry.md5(), Conversions.samMd5(arrow), "rows");
        } else {
          assertEquals(-1, Files.mismatch(first, arrow), () -> "bytes of " + arrow.getFileName());
        }
      }
      empty(folder);
    }
  }

  private void fails(Corpus.Entry entry) throws IOException {
    String name = entry.bam().toString();
    String message = null;
    for (MachineOptions machine : Conversions.machines()) {
      ConvertOptions options =
          Conversions.WHOLE.withBatches(Conversions.SMALL).withMachine(machine);
      BamFormatException error =
          assertThrows(
              BamFormatException.class,
              () -> Conversions.convert(entry.bam(), folder.resolve("out.arrow"), options));
      assertEquals(name, error.file());
      assertTrue(error.getMessage().startsWith(name + ": "), error.getMessage());
      assertNotEquals(BamFormatException.UNKNOWN, error.virtualOffset(), error.getMessage());
      assertEquals(0, error.getSuppressed().length, error.getMessage());
      assertEquals(message == null ? error.getMessage() : message, error.getMessage());
      message = error.getMessage();
      Conversions.assertEmpty(folder, name);
    }
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Runs the check on all files, so that one bad file does not hide the others. */
  private void all(String what, List<Corpus.Entry> entries, Check check) throws Exception {
    List<String> problems = new ArrayList<>();
    for (Corpus.Entry entry : entries) {
      try {
        check.on(entry);
      } catch (Exception | AssertionError e) {
        problems.add(entry.name() + ": " + e);
      } finally {
        empty(folder);
      }
    }
    int good = entries.size() - problems.size();
    System.out.printf("%d of %d %s%n", good, entries.size(), what);
    assertEquals(List.of(), problems);
  }
}
