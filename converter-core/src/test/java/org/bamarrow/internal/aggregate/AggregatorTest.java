package org.bamarrow.internal.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bamarrow.internal.aggregate.RawAggregate.Function;
import org.bamarrow.internal.filter.DecodedBam;
import org.bamarrow.internal.filter.FilterFiles;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawField.Column;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregates of raw bytes are those of the decoded columns, on the corpus and on odd records. */
class AggregatorTest {
  @TempDir static Path folder;
  private static List<DecodedBam> files;

  @BeforeAll
  static void decode() throws IOException {
    files = FilterFiles.all(folder);
  }

  @Test
  void everyFunctionOfEveryIntegerFieldIsThatOfTheDecodedColumn() throws IOException {
    int compared = 0;
    for (DecodedBam file : files) {
      List<RawAggregate> aggregates = aggregates(file);
      for (Column column : new Column[] {null, Column.RNAME, Column.FLAG, Column.MAPQ}) {
        RawField group = column == null ? null : RawField.of(column);
        RawAggregation aggregation = new RawAggregation(group, aggregates);
        Map<Object, List<Long>> results = results(aggregation, List.of(file));
        assertEquals(expected(aggregation, file.rows()), results, file.name() + " by " + group);
        compared += results.size() * aggregates.size();
      }
    }
    System.out.println(compared + " aggregates of " + files.size() + " files");
    assertTrue(compared > 1_000);
  }

  @Test
  void aReferenceInSeveralFilesIsOneGroup() throws IOException {
    RawField rname = RawField.of(Column.RNAME);
    RawAggregate pos = new RawAggregate(Function.MAX, RawField.of(Column.FLAG));
    RawAggregation aggregation = new RawAggregation(rname, List.of(RawAggregate.COUNT_ALL, pos));
    List<Map<String, Object>> rows = new ArrayList<>();
    files.forEach(file -> rows.addAll(file.rows()));
    assertEquals(expected(aggregation, rows), results(aggregation, files));
  }

  @Test
  void withoutRecordsTheCountIsZeroAndThereAreNoGroups() {
    RawAggregate sum = new RawAggregate(Function.SUM, RawField.of(Column.MAPQ));
    List<RawAggregate> asked = List.of(RawAggregate.COUNT_ALL, sum);
    Map<Object, List<Long>> one = new HashMap<>();
    new Aggregator(new RawAggregation(null, asked))
        .results((key, results) -> one.put(key, Arrays.asList(results)));
    assertEquals(Arrays.asList(0L, null), one.get(null));
    new Aggregator(new RawAggregation(RawField.of(Column.RNAME), asked))
        .results((key, results) -> assertEquals("no group", key));
  }

  @Test
  void unboundedGroupsAndAggregatesOfTextAreErrors() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Aggregator(
                new RawAggregation(RawField.of(Column.POS), List.of(RawAggregate.COUNT_ALL))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RawAggregate(Function.MAX, RawField.of(Column.QNAME)));
    assertThrows(IllegalArgumentException.class, () -> new RawAggregate(Function.SUM, null));
  }

  static List<RawAggregate> aggregates(DecodedBam file) {
    Stream<RawField> columns =
        Stream.of("flag", "mapq", "tlen", "pos", "end", "pnext")
            .map(name -> RawField.named(name, file.zeroBased()));
    Stream<RawField> tags = file.tags().stream().map(RawField::of);
    List<RawAggregate> aggregates = new ArrayList<>(List.of(RawAggregate.COUNT_ALL));
    Stream.concat(columns, tags)
        .filter(field -> field.kind() == RawField.Kind.INTEGER)
        .forEach(
            field ->
                Stream.of(Function.values())
                    .forEach(function -> aggregates.add(new RawAggregate(function, field))));
    return aggregates;
  }

  private static Map<Object, List<Long>> results(RawAggregation asked, List<DecodedBam> from)
      throws IOException {
    Aggregator aggregator = new Aggregator(asked);
    for (DecodedBam file : from) {
      aggregator.handle(file.slice());
    }
    Map<Object, List<Long>> results = new HashMap<>();
    aggregator.results((key, result) -> results.put(key, Arrays.asList(result)));
    return results;
  }

  static Map<Object, List<Long>> expected(RawAggregation asked, List<Map<String, Object>> rows) {
    Map<Object, List<Map<String, Object>>> groups = new HashMap<>();
    for (Map<String, Object> row : rows) {
      Object value = asked.group() == null ? null : row.get(asked.group().toString());
      Object key = value instanceof Integer number ? Long.valueOf(number) : value;
      groups.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
    }
    if (asked.group() == null) {
      groups.putIfAbsent(null, List.of());
    }
    Map<Object, List<Long>> expected = new HashMap<>();
    groups.forEach(
        (key, of) ->
            expected.put(
                key,
                asked.aggregates().stream().map(one -> expected(one, of)).collect(toNullable())));
    return expected;
  }

  private static Collector<Long, ?, ? extends List<Long>> toNullable() {
    return Collectors.toCollection(ArrayList::new);
  }

  private static Long expected(RawAggregate asked, List<Map<String, Object>> rows) {
    if (asked.field() == null) {
      return (long) rows.size();
    }
    LongSummaryStatistics values =
        rows.stream()
            .map(row -> (Number) row.get(asked.field().toString()))
            .filter(Objects::nonNull)
            .mapToLong(Number::longValue)
            .summaryStatistics();
    if (asked.function() == Function.COUNT) {
      return values.getCount();
    }
    return values.getCount() == 0
        ? null
        : switch (asked.function()) {
          case SUM -> Long.valueOf(values.getSum());
          case MIN -> Long.valueOf(values.getMin());
          default -> Long.valueOf(values.getMax());
        };
  }
}
