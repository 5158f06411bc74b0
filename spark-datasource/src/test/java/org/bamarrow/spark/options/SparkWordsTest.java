package org.bamarrow.spark.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bamarrow.Cases;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;

/** Errors of the library reach Spark's users with Spark's options in them. */
class SparkWordsTest {
  private static String refused(String name, String... options) {
    Exception error =
        assertThrows(
            Exception.class, () -> LocalSpark.read(Cases.file(name), options).collectAsList());
    String message = error.getMessage();
    assertFalse(message.contains("--"), message);
    assertFalse(message.contains("Options."), message);
    return message;
  }

  @Test
  void aBrokenRecordIsNamedWithTheOptionsThatReadTheRest() {
    String bam = "02-NUL-in-MD/in.bam";
    String message = refused(bam);
    assertTrue(message.contains("record 3, read 'r2' at chr1:12"), message);
    assertTrue(message.contains("tags=none otherTags=none"), message);
    assertEquals(
        5,
        LocalSpark.read(Cases.file(bam), "tags", "none", "otherTags", "none")
            .collectAsList()
            .size());
    message = refused("22-cigar-and-seq-lengths-differ/in.bam");
    assertTrue(message.contains("record 2, read 'bad'"), message);
    assertTrue(message.contains("'end' with columns"), message);
  }

  @Test
  void qualitiesThatBeginWith255AreNull() {
    String bam = "21-first-quality-255-rest-0/in.bam";
    assertEquals(2, LocalSpark.read(Cases.file(bam)).filter("qual is null").count());
    assertEquals(1, LocalSpark.read(Cases.file(bam)).filter("qual = 'IIII'").count());
    String high = "21-first-quality-255-rest-0/q94.bam";
    assertTrue(refused(high).contains("qual=numbers"), refused(high));
    assertEquals(
        "[60, 94, 100, 126]",
        LocalSpark.read(Cases.file(high), "qual", "numbers")
            .first()
            .getList(List.of(LocalSpark.read(Cases.file(high)).columns()).indexOf("qual"))
            .toString());
  }

  @Test
  void theSameErrorHasItsWordsWhateverCarriesIt() {
    IOException error =
        new WordedIOException(
            "f: no end", Remedy.of("use ", OptionKey.ALLOW_MISSING_EOF.setTo("true")));
    RuntimeException carried = new RuntimeException(error);
    SparkWords.in(carried);
    assertEquals("f: no end; use allowMissingEof=true", error.getMessage());
  }

  @Test
  void everyWordOfTheTableHasItsKey() {
    for (SparkOption option : SparkOption.values()) {
      long keys =
          List.of(OptionKey.values()).stream()
              .filter(key -> key.word().equals(option.word()))
              .count();
      assertEquals(option.word() == null ? 0 : 1, keys, option.key());
    }
    Exception refused =
        assertThrows(
            IllegalArgumentException.class, () -> new SparkOptions(Map.of("minMQ", "300")));
    assertEquals("minMQ 300: must be 0 to 255", refused.getMessage());
  }
}
