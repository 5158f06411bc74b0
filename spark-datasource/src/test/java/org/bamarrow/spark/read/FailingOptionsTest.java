package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What fails does so whatever is pushed down: each query gives the same rows, or the same error,
 * with and without.
 */
class FailingOptionsTest {
  /** Has another type than the column; each stands in the only record with MAPQ 5. */
  private static final String OTHER_TYPE = "XSC\7";

  private static final String TWICE = "XSZa\0XSZb\0";
  private static final String TWO_TYPES = "XSC\7XSZa\0";
  private static final String GOOD = "NMC\1XSZa\0";
  private static final int FAR = Integer.MAX_VALUE;

  /** What can be asked of tags.XS, and which of the records may be left out by that. */
  private static final List<String> ON_TAGS =
      List.of(
          "SELECT qname FROM t WHERE tags.XS = 'a'",
          "SELECT qname FROM t WHERE tags.XS <=> 'b'",
          "SELECT qname FROM t WHERE tags.XS IS NULL",
          "SELECT qname FROM t WHERE tags.XS IS NOT NULL",
          "SELECT qname FROM t WHERE NOT (tags.XS IN ('b', 'c'))",
          "SELECT qname FROM t WHERE tags.XS LIKE 'a%' OR mapq = 60",
          "SELECT qname FROM t WHERE mapq >= 30 AND tags.XS = 'a'",
          "SELECT qname FROM t WHERE mapq >= 30 AND length(tags.XS) = 1",
          "SELECT tags.XS FROM t WHERE mapq >= 30",
          "SELECT tags.XS FROM t WHERE pos BETWEEN 1 AND 2",
          "SELECT tags.XS FROM t LIMIT 1",
          "SELECT tags FROM t WHERE rname IS NULL",
          "SELECT count(tags.XS) FROM t",
          "SELECT count(tags.XS), count(*) FROM t WHERE mapq >= 30",
          "SELECT count(*) FROM t WHERE tags.XS IS NULL",
          "SELECT rname, count(tags.XS) FROM t GROUP BY rname",
          "SELECT rname, count(*) FROM t WHERE tags.XS = 'a' GROUP BY rname",
          "SELECT tags.XS, count(*) FROM t GROUP BY tags.XS",
          "SELECT max(tags.XS) FROM t",
          "SELECT t.qname FROM t JOIN (SELECT 'a' x, 1 w) s ON t.tags.XS = s.x WHERE s.w = 1");

  /** No tag is read, so none can fail. */
  private static final List<String> WITHOUT_TAGS =
      List.of(
          "SELECT count(*) FROM t",
          "SELECT count(tags) FROM t",
          "SELECT count(*), max(pos) FROM t WHERE mapq >= 30",
          "SELECT qname FROM t WHERE mapq >= 30 AND rname = 'chr1'",
          "SELECT rname, count(*) FROM t GROUP BY rname",
          "SELECT qname FROM t LIMIT 2");

  @TempDir static Path folder;

  static Stream<Arguments> tagOptions() {
    return Stream.of(
        Arguments.of("onTagMismatch", "fail", OTHER_TYPE),
        Arguments.of("onTagMismatch", "fail", TWO_TYPES),
        Arguments.of("onDuplicateTag", "fail", TWICE),
        Arguments.of("onDuplicateTag", "fail", TWO_TYPES),
        Arguments.of("otherTags", "none", OTHER_TYPE),
        Arguments.of("otherTags", "none", TWICE),
        Arguments.of("otherTags", "none", TWO_TYPES));
  }

  @ParameterizedTest
  @MethodSource("tagOptions")
  void whatTagsMakeFailFailsEveryQueryThatReadsThem(String option, String value, String aux) {
    Path bam = bam("r3", 3, 40, aux);
    String[] options = {option, value, "tags", "XS:Z,NM:i"};
    for (String query : ON_TAGS) {
      String plan = Plans.text(query(bam, query, options));
      assertTrue(plan.contains("PushedFilters: []") && !plan.contains("PushedLimit"), plan);
      assertFalse(plan.contains("PushedAggregation") || plan.contains("dynamicpruning"), plan);
    }
    for (int i = aux.length() % 6; i < ON_TAGS.size(); i += 6) {
      List<String> outcome = outcome(bam, ON_TAGS.get(i), options);
      assertTrue(outcome.get(0).contains("tag XS"), ON_TAGS.get(i) + ": " + outcome);
    }
  }

  @Test
  void queriesThatReadNoTagsArePushedDownAndDoNotFail() {
    Path bam = bam("r3", 3, 40, TWO_TYPES);
    for (String query : WITHOUT_TAGS) {
      List<String> outcome = outcome(bam, query, "otherTags", "none", "tags", "XS:Z");
      assertFalse(outcome.get(0).startsWith("error"), query + ": " + outcome);
    }
    String plan = Plans.text(query(bam, WITHOUT_TAGS.get(3), "otherTags", "none", "tags", "XS:Z"));
    assertTrue(plan.contains("mapq >= 30 AND rname = chr1"), plan);
  }

  @ParameterizedTest
  @MethodSource("tagOptions")
  void ofOtherTagsItDependsOnTheColumnsRead(String option, String value, String aux) {
    Path bam = bam("r3", 3, 40, aux);
    outcome(bam, "SELECT tags.NM FROM t WHERE tags.NM = 1", option, value, "tags", "XS:Z,NM:i");
    outcome(bam, "SELECT sum(tags.NM) FROM t", option, value, "tags", "XS:Z,NM:i");
    if (!option.equals("otherTags")) {
      outcome(bam, "SELECT other_tags FROM t WHERE mapq > 30", option, value, "tags", "XS:Z");
      outcome(bam, "SELECT other_tags FROM t WHERE mapq > 30", option, value, "tags", "none");
    }
  }

  @Test
  void theCaseOfTwoToolsThatWriteOneTag() {
    Path bam =
        Path.of(System.getProperty("bamarrow.shared", "../../shared"))
            .resolve("cases/20-same-tag-two-types-in-one-record/in.bam");
    assumeTrue(bam.toFile().exists(), "no such case: " + bam + " is missing");
    String query = "SELECT qname FROM t WHERE tags.XS = 'Assigned'";
    assertEquals(List.of("[Z2]", "[i_then_Z2]", "[i_then_Z]"), outcome(bam, query, "tags", "XS:Z"));
    assertEquals(
        List.of("[A_strand]", "[only_i]"),
        outcome(bam, "SELECT qname FROM t WHERE tags.XS IS NULL", "tags", "XS:Z"));
    assertEquals(
        List.of("[2,280]"),
        outcome(bam, "SELECT count(tags.XS) - 1, sum(tags.XS) FROM t", "tags", "XS:i"));
    String error = outcome(bam, query, "onTagMismatch", "fail", "tags", "XS:Z").get(0);
    assertTrue(error.startsWith("error"), error);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("qname", bam("r\u00e9", 3, 40, GOOD), List.of()),
        Arguments.of("tags.XS", bam("r3", 3, 40, "XSZ\u00e9\0"), List.of("tags", "XS:Z")),
        Arguments.of("pos", bam("r3", FAR, 40, GOOD), List.of()),
        Arguments.of("end", bam("r3", FAR - 1, 40, GOOD), List.of()),
        Arguments.of("qual", bam("r3", 3, 200, GOOD), List.of()),
        Arguments.of("tags.NM", bam("r3", 3, 40, "NMC\1XSZopen"), List.of("tags", "NM:i")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueThatNoColumnCanHoldFailsWhoeverAsksForIt(
      String column, Path bam, List<String> options) {
    String[] all = options.toArray(String[]::new);
    for (String query :
        List.of(
            "SELECT flag FROM t WHERE C IS NULL",
            "SELECT flag FROM t WHERE mapq <= 30 AND C > '7'",
            "SELECT max(C), count(C) FROM t",
            "SELECT C FROM t WHERE mapq <= 30")) {
      String outcome = outcome(bam, query.replaceAll("\\bC\\b", column), all).get(0);
      assertTrue(outcome.startsWith("error"), query + ": " + outcome);
    }
    assertFalse(outcome(bam, "SELECT flag FROM t WHERE mapq > 0", all).get(0).startsWith("error"));
    String left = "SELECT " + column + " FROM t WHERE mapq >= 30";
    assertEquals(3, rows(bam, left, "true", all).size(), "a record that is left out is not read");
  }

  /** Three good records of MAPQ 60, and one of MAPQ 5 as it is given. */
  private static Path bam(String name, int pos, int quality, String aux) {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      records.add(Bams.record("r" + i, 60, i, 40, GOOD));
    }
    records.add(Bams.record(name, 5, pos, quality, aux));
    return Bams.of(folder.resolve(Math.abs(Arrays.hashCode(records.get(3))) + ".bam"), records);
  }

  /** The sorted rows, or the error: the same with and without pushdown. */
  private static List<String> outcome(Path bam, String query, String... options) {
    List<String> on = rows(bam, query, "true", options);
    assertEquals(rows(bam, query, "false", options), on, query + " " + Arrays.asList(options));
    return on;
  }

  private static List<String> rows(Path bam, String query, String pushdown, String... options) {
    String[] all =
        Stream.concat(Stream.of("pushdown", pushdown), Stream.of(options)).toArray(String[]::new);
    Dataset<Row> rows = query(bam, query, all);
    try {
      return rows.collectAsList().stream().map(Row::toString).sorted().toList();
    } catch (Exception e) { // Scala throws what it does not declare
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BamFormatException) {
          // What to do about it differs: a filter on tags can be left out, a column not be read.
          return List.of("error: " + cause.getMessage().replaceAll("written this way;.*", ""));
        }
      }
      throw e;
    }
  }

  private static Dataset<Row> query(Path bam, String query, String... options) {
    LocalSpark.read(bam, options).createOrReplaceTempView("t");
    return LocalSpark.SESSION.sql(query);
  }
}
