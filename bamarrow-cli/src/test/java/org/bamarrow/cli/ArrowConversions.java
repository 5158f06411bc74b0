package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands on Arrow data of a test. Lists among their words are flattened. */
abstract class ArrowConversions {
  @TempDir Path folder;

  /** Of names that have been given to outputs. */
  int count;

  static Cli.Result run(Object... words) {
    return Cli.run(
        Stream.of(words)
            .flatMap(each -> each instanceof List<?> list ? list.stream() : Stream.of(each))
            .toArray());
  }

  /** The output of a command that succeeds. */
  static String out(Object... words) {
    Cli.Result result = run(words);
    assertEquals(0, result.code(), List.of(words) + ": " + result.err());
    return result.out();
  }

  static void refused(String why, Object... words) {
    Cli.Result result = run(words);
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().contains(why), result.err());
  }

  /** Checks that Arrow data are what their conversions make of a BAM. */
  static void verify(String what, Path bam, Path arrow) {
    Cli.Result verified = run("verify", bam, arrow);
    assertEquals(0, verified.code(), what + verified.out() + verified.err());
  }

  /** Converts to a file or, every other time, to a stream. */
  Path convert(Path from, Object... options) {
    Path to = folder.resolve(count++ % 2 == 0 ? "to" + count + ".arrow" : "to" + count + ".arrows");
    out("convert", "--quiet", List.of(options), from, to);
    return to;
  }

  static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
