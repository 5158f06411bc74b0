package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * A random question about reads, in SQL that Spark and DuckDB understand.
 *
 * @param condition of the rows
 */
record RandomQuery(Kind kind, String condition) {
  /** What is asked for of the rows that satisfy the condition. */
  enum Kind {
    ROWS("voffset"),
    AGGREGATES(
        "count(*), count(pos), count(mapq), min(pos), max(pos), min(`end`), max(`end`), max(mapq),"
            + " min(tlen), max(tlen), max(flag)"),
    GROUPS("rname, count(*), count(mapq), min(pos), max(`end`)");

    private final String columns;

    Kind(String columns) {
      this.columns = columns;
    }
  }

  /** The columns that {@link #answer} needs, after those of conditions. */
  static final String[] COLUMNS = {"voffset", "rname", "pos", "`end`", "mapq", "tlen", "flag"};

  private static final int POS = 2;
  private static final int END = 3;
  private static final int MAPQ = 4;
  private static final int TLEN = 5;
  private static final int FLAG = 6;

  /**
   * Conditions and regions, each asked for in one of the ways.
   *
   * @param places names of references and positions on them
   */
  static List<RandomQuery> some(int count, Random random, List<Row> places) {
    List<RandomQuery> queries = new ArrayList<>();
    for (String condition : FilterPushdownTest.conditions(random, count)) {
      int shape = random.nextInt(4);
      String region = region(random, places);
      String whole =
          switch (shape) {
            case 0 -> region;
            case 1 -> "(" + region + ") and (" + condition + ")";
            case 2 -> "(" + region + ") or (" + region(random, places) + ")";
            default -> condition;
          };
      queries.add(new RandomQuery(Kind.values()[random.nextInt(3)], whole));
    }
    return queries;
  }

  private static String region(Random random, List<Row> places) {
    Row place = places.get(random.nextInt(places.size()));
    int length = 1 << random.nextInt(15);
    return String.format(
        Locale.ROOT,
        "rname = '%s' and pos <= %d and `end` >= %d",
        place.getString(0),
        place.getInt(1) + length,
        place.getInt(1));
  }

  /** For Spark. */
  String sql(String table) {
    String grouped = kind == Kind.GROUPS ? " group by rname" : "";
    return "select " + kind.columns + " from " + table + " where " + condition + grouped;
  }

  /** The same in DuckDB's dialect. */
  String duckSql(String table) {
    return sql(table)
        .replace("`end`", "\"end\"")
        .replaceAll("\\bend (?=[<>=])", "\"end\" ")
        .replace("<=>", "IS NOT DISTINCT FROM");
  }

  /** The answer as sorted lines, computed here from the rows that satisfy the condition. */
  List<String> answer(List<Row> rows, int first) {
    List<String> lines = new ArrayList<>();
    if (kind == Kind.ROWS) {
      rows.forEach(row -> lines.add(row.get(first).toString()));
    } else if (kind == Kind.AGGREGATES) {
      lines.add(
          String.join(
              "|",
              String.valueOf(rows.size()),
              count(rows, first + POS),
              count(rows, first + MAPQ),
              min(rows, first + POS),
              max(rows, first + POS),
              min(rows, first + END),
              max(rows, first + END),
              max(rows, first + MAPQ),
              min(rows, first + TLEN),
              max(rows, first + TLEN),
              max(rows, first + FLAG)));
    } else {
      Map<String, List<Row>> groups = new TreeMap<>();
      rows.forEach(
          row ->
              groups
                  .computeIfAbsent(String.valueOf(row.get(first + 1)), name -> new ArrayList<>())
                  .add(row));
      groups.forEach(
          (name, group) ->
              lines.add(
                  String.join(
                      "|",
                      name,
                      String.valueOf(group.size()),
                      count(group, first + MAPQ),
                      min(group, first + POS),
                      max(group, first + END))));
    }
    lines.sort(null);
    return lines;
  }

  private static String count(List<Row> rows, int column) {
    return String.valueOf(rows.stream().filter(row -> !row.isNullAt(column)).count());
  }

  private static String min(List<Row> rows, int column) {
    var values =
        rows.stream().filter(row -> !row.isNullAt(column)).mapToInt(row -> row.getInt(column));
    var min = values.min();
    return min.isPresent() ? String.valueOf(min.getAsInt()) : "null";
  }

  private static String max(List<Row> rows, int column) {
    var values =
        rows.stream().filter(row -> !row.isNullAt(column)).mapToInt(row -> row.getInt(column));
    var max = values.max();
    return max.isPresent() ? String.valueOf(max.getAsInt()) : "null";
  }

  /** The lines of an answer of Spark. */
  static List<String> lines(List<Row> answer) {
    return answer.stream().map(row -> row.mkString("|")).sorted().toList();
  }
}
