package org.bamarrow.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Damaged copies of a sound BAM, made and judged by the shared mutate.py. */
final class Mutations {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Mutations() {}

  /** What a reader must do with a damaged copy. */
  enum Verdict {
    /** Fail. */
    YES,
    /** Fail, unless the missing end-of-file marker is allowed. */
    EOF,
    /** Give the rows of the source: the copy is still a sound BAM. */
    NO,
    /** Not crash: the copy is a sound BAM of other content. */
    UNDETECTABLE,
    /** Fail, or give all rows: out of the specification but decodable. */
    EITHER
  }

  /**
   * One damaged copy.
   *
   * @param records complete records in the copy where it is no error; else -1
   * @param what class and detail in words
   */
  record Mutant(Path bam, Verdict verdict, long records, String what) {}

  /**
   * Makes {@code count} copies of {@code source} in {@code folder}, through all classes in turn.
   */
  static List<Mutant> make(Path source, Path folder, int count, int seed) throws IOException {
    Path script = Corpus.tool("mutate.py");
    Programs.run(
            Programs.python(),
            script.toString(),
            source.toString(),
            folder.toString(),
            "-n",
            Integer.toString(count),
            "-s",
            Integer.toString(seed))
        .orFail();
    List<Mutant> mutants = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("mutations.jsonl"))) {
      JsonNode json = JSON.readTree(line);
      mutants.add(
          new Mutant(
              folder.resolve(json.required("file").asText()),
              Verdict.valueOf(json.required("detect").asText().toUpperCase()),
              json.required("records_expected").asLong(-1),
              json.required("class").asText() + ", " + json.required("detail").asText()));
    }
    return mutants;
  }
}
