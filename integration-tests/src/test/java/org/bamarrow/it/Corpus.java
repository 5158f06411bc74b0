package org.bamarrow.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The shared collection of BAM files of others, with what is true of each (truth.tsv). */
final class Corpus {
  private static final Path SHARED = Path.of(System.getProperty("bamarrow.shared", "../../shared"));
  private static final Set<String> SOUND = Set.of("valid", "valid-edge", "derived");

  private Corpus() {}

  /**
   * One file of the collection.
   *
   * @param name path below the corpus folder
   * @param kind valid, valid-edge, derived or malformed
   * @param errors whether something worse than a missing end-of-file marker is wrong with it
   * @param records rows that a whole reading gives; -1 where there is none
   * @param md5 of these rows as {@code samtools view} prints them; empty where there is none
   */
  record Entry(String name, Path bam, String kind, boolean errors, long records, String md5) {
    boolean sound() {
      return SOUND.contains(kind);
    }
  }

  static boolean isThere() {
    return Files.exists(SHARED.resolve("corpus/truth.tsv"));
  }

  /** The files of truth.tsv in its order; skips the calling test where there is no corpus. */
  static List<Entry> entries() throws IOException {
    Path corpus = SHARED.resolve("corpus");
    Path truth = corpus.resolve("truth.tsv");
    assumeTrue(Files.exists(truth), "no corpus: " + truth + " is missing");
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(truth)) {
      String[] fields = line.split("\t", -1);
      if (!fields[0].equals("file")) {
        entries.add(
            new Entry(
                fields[0],
                corpus.resolve(fields[0]),
                fields[1],
                fields[2].contains("ERR:"),
                fields[9].isEmpty() ? -1 : Long.parseLong(fields[9]),
                fields[9].equals("0") && fields[16].isEmpty()
                    ? Conversions.md5(new byte[0])
                    : fields[16]));
      }
    }
    return entries;
  }

  /** A path below the shared folder, which need not exist. */
  static Path shared(String path) {
    return SHARED.resolve(path).toAbsolutePath();
  }

  /** A tool of the shared folder; skips the calling test where it is missing. */
  static Path tool(String name) {
    Path tool = SHARED.resolve("tools").resolve(name);
    assumeTrue(Files.exists(tool), "no shared tools: " + tool + " is missing");
    return tool;
  }

  /** The file whose name ends so. */
  static Path file(String ending) throws IOException {
    return entries().stream()
        .map(Entry::bam)
        .filter(bam -> bam.toString().endsWith(ending))
        .findFirst()
        .orElseThrow();
  }
}
