package org.bamarrow.spark.interval;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.bamarrow.spark.files.HasFiles;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.schema.ReferenceNames;
import org.slf4j.LoggerFactory;
import scala.runtime.BoxedUnit;

/** Says that reads have no references of the names of intervals, such as 1 in place of chr1. */
final class UnknownNames {
  /** How many names a message has. */
  private static final int SHOWN = 5;

  private UnknownNames() {}

  /** Logs the message, if there is one, as a warning. */
  static void warn(Dataset<Row> reads, Set<String> names, IntervalOptions options) {
    String message = message(reads, names, options);
    if (message != null) {
      LoggerFactory.getLogger(IntervalJoin.class).warn(message);
    }
  }

  /** Names that the headers of the first file of each table do not have; null if there are none. */
  static String message(Dataset<Row> reads, Set<String> names, IntervalOptions options) {
    Set<TableFiles> tables = tables(reads);
    Set<String> known = new LinkedHashSet<>();
    for (TableFiles table : tables) {
      Optional<Set<String>> ofTable = references(table);
      if (ofTable.isEmpty()) {
        return null;
      }
      known.addAll(ofTable.get());
    }
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(known);
    return tables.isEmpty() || unknown.isEmpty()
        ? null
        : String.format(
            "%d of the %d names in column %s of the intervals are not references of the first file"
                + " of %s: %s; it has %s",
            unknown.size(),
            names.size(),
            options.columns().get(0),
            tables.stream().map(TableFiles::toString).collect(Collectors.joining(", ")),
            some(unknown),
            some(known));
  }

  private static Set<TableFiles> tables(Dataset<Row> reads) {
    Set<TableFiles> tables = new LinkedHashSet<>();
    reads
        .queryExecution()
        .analyzed()
        .foreach(
            node -> {
              if (node instanceof DataSourceV2Relation relation
                  && relation.table() instanceof HasFiles table) {
                tables.add(table.files());
              }
              return BoxedUnit.UNIT;
            });
    return tables;
  }

  /** Empty if they are not known; a query of a file that cannot be read tells the reason. */
  private static Optional<Set<String>> references(TableFiles table) {
    try {
      return ReferenceNames.ofFirstFile(table);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String some(Collection<String> names) {
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? shown + ", ..." : shown;
  }
}
