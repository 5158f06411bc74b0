package org.bamarrow.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The shared collection of BAM files of others. */
public final class Corpus {
  private static final Path FOLDER =
      Path.of(System.getProperty("bamarrow.shared", "../../shared")).resolve("corpus");

  private Corpus() {}

  /** The sound files of truth.tsv; skips the calling test where there is no corpus. */
  public static List<Path> sound() throws IOException {
    Path truth = FOLDER.resolve("truth.tsv");
    assumeTrue(Files.exists(truth), "no corpus: " + truth + " is missing");
    List<Path> files = new ArrayList<>();
    for (String line : Files.readAllLines(truth)) {
      String[] fields = line.split("\t", -1);
      if (!fields[0].equals("file") && !fields[1].equals("malformed")) {
        files.add(FOLDER.resolve(fields[0]));
      }
    }
    return files;
  }

  /** The number of records of each sound file. */
  public static Map<Path, Long> counts() throws IOException {
    Map<Path, Long> counts = new TreeMap<>();
    for (Path file : sound()) {
      String name = FOLDER.relativize(file).toString();
      for (String line : Files.readAllLines(FOLDER.resolve("truth.tsv"))) {
        String[] fields = line.split("\t", -1);
        if (fields[0].equals(name)) {
          counts.put(file, Long.parseLong(fields[9]));
        }
      }
    }
    return counts;
  }
}
