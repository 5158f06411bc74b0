package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Conditions and aggregates on a table whose files have different columns, with names of reads that
 * are no reads: Spark's answers without pushdown.
 */
class EvolvedTableTest {
  private static final int ROWS = 900;
  private static final int QUERIES = Integer.getInteger("evolved.queries", 10);

  private static final List<String> LEAVES =
      List.of(
          "id > %d",
          "id between %d and %d + 300",
          "b = %d %% 7",
          "s is null",
          "s < %d",
          "l >= %d * 10000000000",
          "f > %d",
          "f = cast('NaN' as float)",
          "f <=> null",
          "d <= %d",
          "day < date_add(date'2020-01-01', %d)",
          "at >= timestamp'1970-01-20 00:00:00'",
          "name = 'n%d'",
          "name like 'n%d%%'",
          "name > 'n5'",
          "name is null",
          "pair is null",
          "pair.x > %d",
          "pair.x is null",
          "pair.y = 'y%d'",
          "pair.z < %d",
          "added < %d",
          "added is null",
          "added <=> null",
          "rname = 'r%d'",
          "rname in ('r1', 'r3', null)",
          "pos > %d and end < %d + 200",
          "pos is null",
          "flag & 3 = 1",
          "flag = %d %% 16",
          "mapq > 10",
          "list is not null");

  private static final List<String> AGGREGATES =
      List.of(
          "count(*)",
          "count(s)",
          "count(pair)",
          "count(pair.x)",
          "count(pair.z)",
          "count(added)",
          "count(list)",
          "min(id)",
          "max(l)",
          "min(s)",
          "max(f)",
          "min(f)",
          "max(d)",
          "min(d)",
          "min(day)",
          "max(at)",
          "sum(b)",
          "sum(s)",
          "avg(i)",
          "min(pair.x)",
          "max(pair.z)",
          "min(added)",
          "max(added)",
          "sum(i)",
          "min(pos)",
          "max(pos)",
          "max(end)",
          "min(end)",
          "max(flag)");

  private static final List<String> GROUPS =
      List.of("", "", "", "b", "s", "name", "rname", "flag", "day", "pair.x", "added", "i", "mapq");

  @TempDir static Path folder;

  @BeforeAll
  static void make() {
    Dataset<Row> rows =
        LocalSpark.SESSION
            .range(0, ROWS, 1, 1)
            .selectExpr(
                "id",
                "cast(id % 7 - 3 as byte) as b",
                "cast(if(id % 5 = 0 or id < 60, null, id) as short) as s",
                "cast(id div 100 as int) as i",
                "id * 10000000000 as l",
                "cast(case id % 5 when 0 then 'NaN' when 1 then '-0.0' when 2 then null when 3 then"
                    + " '0.0' else id / 8 end as float) as f",
                "cast(if(id < 100, -0.0, if(id > 800, 'NaN', id / 3)) as double) as d",
                "date_add(date'2020-01-01', cast(id div 50 as int)) as day",
                "timestamp_seconds(id * 3600) as at",
                "case when id % 11 = 0 then null when id % 90 = 7 then repeat('n5', 50) else"
                    + " concat('n', id div 30) end as name",
                "if(id % 4 = 0 or id between 200 and 260, null,"
                    + " named_struct('x', if(id % 3 = 0, null, cast(id div 20 as int)), 'y',"
                    + " concat('y', id), 'z', id / 2e0)) as pair",
                "if(id % 6 = 0, null, array(id)) as list",
                "if(id % 13 = 0 or id > 850, null, concat('r', id div 70)) as rname",
                "cast(if(id % 17 = 0, null, id % 70 * 10 - 3) as int) as pos",
                "cast(if(id % 19 = 0, null, id % 70 * 10 + id % 23 - 6) as int) as end",
                "cast(if(id % 10 = 4, null, id % 16) as int) as flag",
                "cast(id div 60 as int) as mapq",
                "cast(if(id % 9 = 0, null, id div 10) as int) as added");
    write(rows.drop("added", "list").filter("id < 400"), "a");
    write(
        rows.filter("id >= 400 and id < 700")
            .selectExpr(
                "added",
                "rname",
                "name",
                "if(pair is null, null, named_struct('y', pair.y, 'x', pair.x)) as pair",
                "id",
                "list",
                "flag",
                "`end`",
                "pos",
                "f"),
        "b");
    write(rows.filter("id >= 700"), "c");
  }

  private static void write(Dataset<Row> rows, String name) {
    rows.coalesce(1)
        .write()
        .format("bamarrow")
        .option("batchRows", "20")
        .save(folder.resolve(name).toString());
  }

  private static Dataset<Row> table(String... options) {
    return LocalSpark.reader(options)
        .load(
            folder.resolve("a").toString(),
            folder.resolve("b").toString(),
            folder.resolve("c").toString());
  }

  private static String condition(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 1 : 6);
    return switch (kind) {
      case 0, 1 ->
          String.format(
              LEAVES.get(random.nextInt(LEAVES.size())),
              random.nextInt(ROWS) >> random.nextInt(8),
              random.nextInt(ROWS));
      case 2, 3 ->
          "(" + condition(random, depth - 1) + " and " + condition(random, depth - 1) + ")";
      case 4 -> "(" + condition(random, depth - 1) + " or " + condition(random, depth - 1) + ")";
      default -> "not (" + condition(random, depth - 1) + ")";
    };
  }

  /** As of a list of regions. */
  private static String places(Random random) {
    return IntStream.range(0, 9)
        .mapToObj(
            i ->
                String.format(
                    "(rname = 'r%d' and pos <= %d and end >= %d)",
                    random.nextInt(13), random.nextInt(700), random.nextInt(700) - 10))
        .collect(Collectors.joining(" or "));
  }

  private static List<String> rows(Dataset<Row> query) {
    return query.collectAsList().stream()
        .map(row -> row.toString().replaceAll("-0\\.0\\b", "0.0"))
        .sorted()
        .toList();
  }

  @Test
  void questionsHaveTheAnswersOfSpark() {
    table().createOrReplaceTempView("evolved");
    table("splits", "7").createOrReplaceTempView("evolved_apart");
    table("pushdown", "false").createOrReplaceTempView("evolved_plain");
    Random random = new Random(Long.getLong("evolved.seed", 21));
    for (int i = 0; i < QUERIES; i++) {
      String where =
          switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> " where " + places(random);
            default -> " where " + condition(random, 2);
          };
      String group = GROUPS.get(random.nextInt(GROUPS.size()));
      List<String> columns = new ArrayList<>();
      for (int j = random.nextInt(3); j >= 0; j--) {
        columns.add(AGGREGATES.get(random.nextInt(AGGREGATES.size())));
      }
      String select =
          random.nextInt(4) == 0
              ? "select id, pair.x, pair.z, added, name from %s" + where.replace("%", "%%")
              : "select "
                  + (group.isEmpty() ? "" : group + ", ")
                  + String.join(", ", columns)
                  + " from %s"
                  + where.replace("%", "%%")
                  + (group.isEmpty() ? "" : " group by " + group);
      List<String> expected = rows(sql(select, "evolved_plain"));
      assertEquals(expected, rows(sql(select, "evolved")), select);
      assertEquals(expected, rows(sql(select, "evolved_apart")), select);
    }
  }

  private static Dataset<Row> sql(String query, String table) {
    return LocalSpark.SESSION.sql(String.format(query, table));
  }

  @Test
  void placesOfATableWhoseReferencesAreNumbers() {
    LocalSpark.SESSION
        .range(0, 1000, 1, 1)
        .selectExpr(
            "cast(id % 3 as int) as rname", "cast(id as int) as pos", "cast(id as int) as end")
        .write()
        .format("bamarrow")
        .option("batchRows", "100")
        .save(folder.resolve("numbers").toString());
    String places =
        IntStream.range(0, 10)
            .mapToObj(i -> String.format("(pos <= %d and end >= %d)", 50 * i, 50 * i))
            .collect(Collectors.joining(" or "));
    assertEquals(
        10, LocalSpark.read(folder.resolve("numbers")).filter(places).collectAsList().size());
  }
}
