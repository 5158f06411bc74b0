package org.bamarrow.internal.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.internal.aggregate.RawAggregate.Function;
import org.bamarrow.internal.filter.DecodedBam;
import org.bamarrow.internal.filter.FilterFiles;
import org.bamarrow.internal.filter.RandomPredicates;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.SqlOracle;
import org.bamarrow.internal.filter.VectorPredicate;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.ZoneFiles;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.io.FileByteSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Aggregates of record batches and of their zones are those of the rows, as with records. */
@Timeout(300)
class BatchAggregatorTest {
  private static final Column[] GROUPS = {
    null, Column.RNAME, Column.FLAG, Column.MAPQ, Column.RNEXT, Column.POS, Column.QNAME
  };

  @TempDir static Path folder;

  private int answered;
  private int zones;

  @Test
  void everyAggregateUnderARandomConditionIsThatOfTheRows() throws IOException {
    Random random = new Random(17);
    for (DecodedBam bam : FilterFiles.all(folder)) {
      ZoneFiles file = ZoneFiles.convert(bam, folder, 5);
      RandomPredicates predicates = new RandomPredicates(bam, random.nextBoolean(), 3);
      List<RawAggregate> all = AggregatorTest.aggregates(bam);
      all.add(new RawAggregate(Function.COUNT, RawField.of(Column.QNAME)));
      for (Column group : GROUPS) {
        RawPredicate condition = random.nextInt(3) == 0 ? RawPredicate.TRUE : predicates.tree(2);
        RawField by = group == null ? null : new RawField(group, bam.zeroBased(), null);
        check(bam, file, condition, new RawAggregation(by, all));
        RawAggregate one = all.get(random.nextInt(all.size()));
        List<RawAggregate> few = List.of(RawAggregate.COUNT_ALL, one);
        check(bam, file, condition, new RawAggregation(by, few));
      }
    }
    System.out.println(answered + " of " + zones + " zones were not read");
    assertTrue(answered > zones / 10, answered + " of " + zones);
  }

  private void check(
      DecodedBam bam, ZoneFiles file, RawPredicate condition, RawAggregation aggregation)
      throws IOException {
    List<Map<String, Object>> rows =
        bam.rows().stream()
            .filter(row -> Boolean.TRUE.equals(SqlOracle.evaluate(condition, row)))
            .toList();
    Map<Object, List<Long>> expected = expected(aggregation, rows);
    String asked = bam.name() + " " + condition + " " + aggregation;
    assertEquals(expected, results(file, condition, aggregation, List.of()), asked);
    assertEquals(expected, results(file, condition, aggregation, file.zones()), asked);
    assertEquals(expected, results(file, condition, aggregation, file.merged(2)), asked);
  }

  /** As {@link AggregatorTest#expected}, with the number of names behind the integers. */
  private static Map<Object, List<Long>> expected(
      RawAggregation asked, List<Map<String, Object>> rows) {
    List<RawAggregate> numbers =
        asked.aggregates().stream()
            .filter(one -> one.field() == null || one.field().kind() == RawField.Kind.INTEGER)
            .toList();
    Map<Object, List<Long>> expected =
        AggregatorTest.expected(new RawAggregation(asked.group(), numbers), rows);
    if (numbers.size() < asked.aggregates().size()) {
      expected.replaceAll((key, results) -> with(results, names(asked.group(), key, rows)));
    }
    return expected;
  }

  private static List<Long> with(List<Long> results, long more) {
    List<Long> all = new ArrayList<>(results);
    all.add(more);
    return all;
  }

  private static long names(RawField by, Object key, List<Map<String, Object>> rows) {
    return rows.stream()
        .filter(row -> by == null || isIn(key, row.get(by.toString())))
        .filter(row -> row.get("qname") != null)
        .count();
  }

  private static boolean isIn(Object key, Object value) {
    return value instanceof Integer number
        ? Long.valueOf(number).equals(key)
        : Objects.equals(key, value);
  }

  /** The results with some zones answered by their statistics, and all others read. */
  private Map<Object, List<Long>> results(
      ZoneFiles file, RawPredicate condition, RawAggregation asked, List<Zone> known)
      throws IOException {
    BatchAggregator aggregator = new BatchAggregator(asked);
    try (RootAllocator allocator = new RootAllocator();
        IpcBatches batches =
            IpcBatches.open(new FileByteSource(file.file().toString(), file.file()))) {
      aggregator.begin(new ZonePredicate(condition, file.columns()));
      VectorPredicate rows = VectorPredicate.compile(condition, batches.ipcSchema().fields());
      Set<String> columns = new LinkedHashSet<>();
      aggregator.columns().stream()
          .map(name -> name.split("[.]")[0])
          .filter(
              name -> batches.schema().getFields().stream().anyMatch(f -> f.getName().equals(name)))
          .forEach(columns::add);
      columns.addAll(rows.columns());
      batches.select(List.copyOf(columns), 0, Long.MAX_VALUE, allocator);
      int ofZone = 0; // batches left in it
      boolean answers = false;
      int next = 0;
      while (batches.next()) {
        if (ofZone == 0 && next < known.size()) {
          Zone zone = known.get(next++);
          ofZone = zone.batches();
          answers = aggregator.add(zone);
          zones++;
          answered += answers ? 1 : 0;
        }
        ofZone--;
        if (!answers) {
          aggregator.add(batches.root(), rows.select(batches.root()));
        }
      }
    }
    Map<Object, List<Long>> results = new HashMap<>();
    aggregator.results(
        (key, values) ->
            results.put(
                key instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : key,
                Arrays.asList(values)));
    return results;
  }

  @Test
  void groupsAreTheirValuesWhateverTheirNumber() {
    BatchGroups groups = new BatchGroups();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10_000; i++) {
        long number = i % 777 * 1_000_003L;
        byte[] text = ("t" + i % 5_000).getBytes(StandardCharsets.UTF_8);
        assertEquals(number, groups.key(groups.of(number)));
        assertNull(groups.key(groups.ofNull()));
        int named = groups.of(text, 0, text.length);
        assertEquals(named, groups.of(text, 0, text.length));
        assertArrayEquals(text, (byte[]) groups.key(named));
      }
      assertEquals(1 + 777 + 5_000, groups.size());
      groups.clear();
      assertEquals(0, groups.size());
    }
  }
}
