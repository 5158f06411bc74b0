package org.bamarrow.internal.aggregate;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.aggregate.RawAggregate.Function;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RowSelection;
import org.bamarrow.internal.filter.VectorFields;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.zone.Zone;

/**
 * Computes an aggregation from record batches and their statistics, with the same results as {@link
 * Aggregator} from the records. Results of floats are numbers that {@link VectorFields#toDouble}
 * turns into floats. Not thread-safe.
 */
public final class BatchAggregator {
  private final RawAggregation aggregation;
  private final VectorFields fields;
  private final Totals totals;
  private final BatchGroups groups = new BatchGroups();
  private final VectorFields.Text textGroup = groups::of;

  /** Of the grouping column the index in {@link #fields}; -1: none. */
  private final int groupField;

  private final boolean textGroups;

  /** By aggregate, the index of its field in {@link #fields}; -1 if rows are counted. */
  private final int[] places;

  private ZoneAnswers answers;

  public BatchAggregator(RawAggregation aggregation) {
    this.aggregation = aggregation;
    List<RawField> read =
        Stream.concat(
                Stream.ofNullable(aggregation.group()),
                aggregation.aggregates().stream().map(RawAggregate::field).filter(Objects::nonNull))
            .distinct()
            .toList();
    fields = new VectorFields(read);
    totals = new Totals(aggregation);
    groupField = aggregation.group() == null ? -1 : 0;
    textGroups = groupField == 0 && aggregation.group().kind() == RawField.Kind.TEXT;
    places = aggregation.aggregates().stream().mapToInt(one -> read.indexOf(one.field())).toArray();
  }

  /** The top-level columns of a schema that have to be read. */
  public List<String> columns(Schema schema) {
    return fields.columns(schema);
  }

  /**
   * Begins with the zones of a file.
   *
   * @param condition which rows count
   */
  public void begin(ZonePredicate condition) {
    answers = new ZoneAnswers(aggregation, condition);
  }

  /** Adds a zone, if its statistics tell the results exactly; otherwise returns false. */
  public boolean add(Zone zone) {
    return answers.add(zone, groups, totals);
  }

  /**
   * Adds rows of a batch.
   *
   * @param batch with the {@link #columns}
   * @param rows null: all
   */
  public void add(VectorSchemaRoot batch, RowSelection rows) {
    RowSelection selected = fields.bind(batch, rows);
    if (groupField >= 0) {
      addByGroup(selected);
      return;
    }
    totals.addRows(0, selected.size());
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0) {
        continue;
      }
      if (aggregation.aggregates().get(i).function() == Function.COUNT) {
        totals.add(i, 0, fields.count(places[i], selected), 0);
      } else {
        addValues(i, selected);
      }
    }
  }

  private void addValues(int aggregate, RowSelection rows) {
    int field = places[aggregate];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (fields.isValid(field, row)) {
        totals.add(aggregate, 0, fields.number(field, row));
      }
    }
  }

  private void addByGroup(RowSelection rows) {
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int group = group(row);
      totals.ensureGroups(groups.size());
      totals.addRows(group, 1);
      for (int i = 0; i < places.length; i++) {
        if (places[i] >= 0 && fields.isValid(places[i], row)) {
          boolean counts = aggregation.aggregates().get(i).function() == Function.COUNT;
          totals.add(i, group, counts ? 0 : fields.number(places[i], row));
        }
      }
    }
  }

  private int group(int row) {
    if (!fields.isValid(groupField, row)) {
      return groups.ofNull();
    }
    return textGroups
        ? fields.text(groupField, row, textGroup)
        : groups.of(fields.number(groupField, row));
  }

  /** Number of groups so far. */
  public int groups() {
    return groups.size();
  }

  /** As {@link Aggregator#results}; text is in bytes. */
  public void results(Aggregator.Target target) {
    totals.results(groups::key, target);
  }

  /** Forgets all rows. */
  public void clear() {
    totals.clear();
    groups.clear();
  }
}
