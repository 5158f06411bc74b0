package org.bamarrow.spark.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.bamarrow.internal.aggregate.BatchAggregator;
import org.bamarrow.internal.read.OrderedTasks;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.Cancellation;
import org.bamarrow.spark.files.TableFiles;

/** Aggregates that the zone maps of a few files tell, so that no task is needed. */
final class DriverAnswers {
  /** Files that are open at the same time: most of the time is spent waiting for remote ones. */
  private static final int THREADS = 16;

  /** The zone maps of more files are read by the tasks. */
  private static final int MAX_FILES = 64;

  /** More groups are returned by the tasks. */
  private static final int MAX_GROUPS = 10_000;

  private final TableFiles files;
  private final ArrowReadPlan plan;
  private final BatchAggregator aggregator;
  private boolean decided = true;

  private DriverAnswers(TableFiles files, ArrowReadPlan plan) {
    this.files = files;
    this.plan = plan;
    this.aggregator = new BatchAggregator(plan.aggregates().aggregation());
  }

  /**
   * The rows of the aggregates; null if batches have to be read.
   *
   * @throws java.io.UncheckedIOException if the query is cancelled
   */
  static List<InternalRow> rows(TableFiles files, ArrowReadPlan plan) {
    return files.files().size() > MAX_FILES ? null : new DriverAnswers(files, plan).rows();
  }

  private List<InternalRow> rows() {
    try {
      OrderedTasks.run(
          0, files.files().size(), THREADS, i -> zones(files.files().get(i)), this::add);
    } catch (IOException | RuntimeException e) {
      Cancellation.check(e);
      return null; // a task that reads the file tells why
    }
    if (!decided) {
      return null;
    }
    List<InternalRow> rows = new ArrayList<>();
    aggregator.results(
        (key, results) -> rows.add(AggregateRows.of(plan.aggregates().columns(), key, results)));
    return rows;
  }

  private ZoneCache.Found zones(BamFile file) throws IOException {
    return ZoneCache.shared().zones(file, files.settings(), plan.filter(), aggregator.statistics());
  }

  private void add(ZoneCache.Found file) {
    decided = decided && file.located() != null;
    if (decided) {
      aggregator.begin(file.condition());
      List<Zone> zones = file.located().zones();
      for (int i = 0; decided && i < zones.size(); i++) {
        decided = aggregator.add(zones.get(i)) && aggregator.groups() <= MAX_GROUPS;
      }
    }
  }
}
