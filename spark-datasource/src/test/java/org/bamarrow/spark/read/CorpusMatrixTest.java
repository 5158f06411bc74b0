package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bamarrow.spark.Corpus;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every sound BAM of the corpus, in every splitting, gives Spark the core's rows in order. */
@Tag("full")
class CorpusMatrixTest {
  /** Bytes of a split, from a part of a block up, and the largest file that is cut so. */
  private static final Map<Long, Long> SPLITS =
      new TreeMap<>(
          Map.of(1_000L, 200_000L, 20_000L, 2_000_000L, 1L << 16, 10_000_000L, 1L << 20, 1L << 40));

  @Test
  void everySplittingOfEveryFileGivesTheCoresRows() throws IOException {
    List<String> wrong = new ArrayList<>();
    int readings = 0;
    for (Path bam : Corpus.sound()) {
      List<String> core = CoreRows.of(WholeRows.CORE, bam);
      for (List<String> splitting : splittings(Files.size(bam))) {
        readings++;
        List<String> options = new ArrayList<>(WholeRows.OPTIONS);
        options.addAll(splitting);
        try {
          List<String> rows =
              CoreRows.of(LocalSpark.read(bam, options.toArray(String[]::new)).collectAsList());
          if (!core.equals(rows)) {
            wrong.add(bam + " " + splitting + ": other rows");
          }
        } catch (Exception e) { // Scala's code throws checked ones unannounced
          wrong.add(bam + " " + splitting + ": " + e.getMessage());
        }
      }
    }
    System.out.println(readings + " readings of the corpus");
    assertEquals(List.of(), wrong);
  }

  private static List<List<String>> splittings(long size) {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of("splitting", "file"));
    SPLITS.forEach(
        (bytes, largest) -> {
          if (size <= largest) {
            all.add(List.of("splitBytes", String.valueOf(bytes)));
          }
        });
    return all;
  }
}
