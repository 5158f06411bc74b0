package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions and aggregates on a table with columns of all types, not of reads. */
class ArrowConditionsTest {
  private static final int ROWS = 2_000;

  @TempDir static Path folder;
  private static Path table;

  @BeforeAll
  static void make() {
    table = folder.resolve("table");
    LocalSpark.SESSION
        .range(0, ROWS, 1, 1)
        .selectExpr(
            "id",
            "cast(id % 7 - 3 as byte) as b",
            "cast(if(id % 5 = 0, null, id) as short) as s",
            "cast(id div 100 as int) as pos", // a name of reads, with other values
            "cast(id div 400 as int) as i",
            "cast(case id % 5 when 0 then 'NaN' when 1 then '-0.0' when 2 then null when 3 then"
                + " '0.0' else id / 8 end as float) as f",
            "cast(if(id < 1000, -0.0, id / 3) as double) as d",
            "date_add(date'2020-01-01', cast(id div 50 as int)) as day",
            "timestamp_seconds(id * 3600) as at",
            "cast(timestamp_seconds(id * 3600) as timestamp_ntz) as local",
            "if(id % 11 = 0, null, concat('n', id div 10)) as name",
            "id % 3 = 0 as yes",
            "cast(id / 7 as decimal(12, 3)) as price",
            "if(id % 4 = 0, null, named_struct('x', id, 'y', concat('y', id))) as pair",
            "named_struct('z', id, 'Day', date_add(date'2020-01-01', cast(id as int))) as whole",
            "array(id, null, id + 1) as list",
            "map('k', id) as map",
            "cast(concat('b', id) as binary) as bytes")
        .write()
        .format("bamarrow")
        .option("batchRows", "100")
        .save(table.toString());
  }

  private static List<String> rows(Dataset<Row> query) {
    return query.selectExpr("to_json(struct(*))").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static Dataset<Row> read(String... options) {
    return LocalSpark.read(table, options);
  }

  @Test
  void conditionsOnColumnsOfAnyTypeAreExact() {
    for (String condition :
        List.of(
            "id > 1990",
            "id in (5, 17, 1999, null)",
            "b = -3",
            "b & 2 = 2 and b > 0",
            "s is null",
            "s < 20 or s >= 1980S",
            "pos = 0 or i = 4",
            "pos between 3 and 4 and not (s > 350)",
            "f > 240",
            "f = cast('NaN' as float)",
            "f = 0",
            "f <=> null and id < 100",
            "d <= 0.0",
            "d > 660.5",
            "day = date'2020-01-05'",
            "day in (date'2020-01-05', date'2020-02-01')",
            "at < timestamp'1970-01-02 00:00:00'",
            "local >= timestamp_ntz'1970-03-20 00:00:00'",
            "name = 'n7'",
            "name like 'n19%'",
            "name is null",
            "name in ('n1', 'n2', 'x')",
            "pair is null",
            "pair.X > 1990 or pair.y = 'y5'",
            "pair.x is null and id > 1900",
            "whole.day <= date'2020-01-03'",
            "list is not null and id < 10",
            "price is not null and id >= 1995",
            "i <> 2 and id % 5 = 0 and s is not null")) {
      Dataset<Row> query = read().filter(condition);
      assertEquals(rows(read("pushdown", "false").filter(condition)), rows(query), condition);
      String plan = Plans.text(query);
      assertTrue(plan.contains("PushedFilters: ["), condition + ": " + plan);
      assertEquals(condition.contains("%") && condition.contains("id"), plan.contains("Filter ("));
    }
  }

  @Test
  void batchesAreLeftOutByColumnsOfAnyTable() {
    for (String condition :
        List.of(
            "id > 1990",
            "s >= 1980S",
            "pos = 3",
            "d > 660.5",
            "day = date'2020-01-05'",
            "at < timestamp'1970-01-02 00:00:00'",
            "local >= timestamp_ntz'1970-03-23 00:00:00'",
            "whole.z = 77",
            "whole.DAY = date'2020-03-01'",
            "name = 'n19'")) {
      Dataset<Row> query = read().filter(condition).select("id");
      assertFalse(query.collectAsList().isEmpty(), condition);
      long read = Plans.metric(query, "batches");
      assertTrue(read >= 1 && read <= 3, condition + ": " + read + " batches");
    }
  }

  @Test
  void chosenRowsHaveTheirNestedValues() {
    String condition = "b = 1 and id > 1000";
    String columns = "pair.y, size(list), list[2], map['k'], price, yes, bytes, at";
    assertEquals(
        rows(read("pushdown", "false").filter(condition).selectExpr(columns.split(", "))),
        rows(read().filter(condition).selectExpr(columns.split(", "))));
    assertEquals(
        285, read().filter("b = 1").cache().filter("pair.x is not null or id >= 0").count(), 2);
  }

  @Test
  void aggregatesOfColumnsOfAnyTypeAreSparksOwn() {
    for (String text :
        List.of(
            "select count(*), min(id), max(id), count(s), min(s), max(b), sum(b) from t",
            "select min(f), max(f), min(d), max(d), count(f) from t",
            "select min(d), max(d) from t where id < 500",
            "select min(f), max(f) from t where id % 5 <> 0 and id < 50",
            "select min(day), max(day), min(at), max(at), min(local), max(local) from t",
            "select min(whole.z), max(pair.x), count(pair.y), max(whole.day) from t",
            "select count(name), count(pair), count(list), count(price), count(yes) from t",
            "select i, count(*), max(id), count(name) from t group by i",
            "select name, count(*), min(day) from t group by name",
            "select day, count(*), max(f), sum(pos) from t where id > 77 group by day",
            "select i, avg(pos), avg(b) from t where b > 0 group by i",
            "select pos, sum(s) from t group by pos",
            "select id, count(*) from t group by id",
            "select sum(id), avg(id), max(name), sum(d) from t",
            "select pair.y, count(*), max(whole.z) from t group by pair.y",
            "select yes, count(*) from t group by yes")) {
      assertEquals(aggregated(text, "pushdown", "false"), aggregated(text), text);
    }
  }

  private static List<String> aggregated(String text, String... options) {
    read(options).createOrReplaceTempView("t");
    return LocalSpark.SESSION.sql(text).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  void noBatchIsReadWhereEachIsOfOneGroup() {
    read().createOrReplaceTempView("t");
    Dataset<Row> query =
        LocalSpark.SESSION.sql("select i, count(*), min(id), max(day) from t group by i");
    assertEquals(5, query.collectAsList().size());
    assertTrue(Plans.text(query).contains("LocalTableScan"), Plans.text(query));
  }
}
