package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark plans, and what our scans did. */
final class Plans {
  private Plans() {}

  /** The physical plan as EXPLAIN shows it. */
  static String text(Dataset<?> query) {
    return query.queryExecution().executedPlan().toString();
  }

  /** The sum over all scans of a query that has run, in the plan that ran. */
  static long metric(Dataset<?> query, String name) {
    return scans(query).stream().mapToLong(scan -> scan.metrics().apply(name).value()).sum();
  }

  static List<BatchScanExec> scans(Dataset<?> query) {
    List<BatchScanExec> found = new ArrayList<>();
    add(query.queryExecution().executedPlan(), found);
    return found;
  }

  private static void add(SparkPlan plan, List<BatchScanExec> found) {
    if (plan instanceof BatchScanExec scan) {
      found.add(scan);
    } else if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      add(adaptive.executedPlan(), found);
    } else if (plan instanceof QueryStageExec stage) {
      add(stage.plan(), found);
    }
    CollectionConverters.asJava(plan.children()).forEach(child -> add(child, found));
  }

  /** The sorted numbers of a query of one long column that is nothing but a scan, without a job. */
  static List<Long> scanned(Dataset<Row> query) {
    Batch batch = scans(query).get(0).scan().toBatch();
    List<Long> values = new ArrayList<>();
    for (InputPartition partition : batch.planInputPartitions()) {
      try (PartitionReader<ColumnarBatch> reader =
          batch.createReaderFactory().createColumnarReader(partition)) {
        while (reader.next()) {
          for (int row = 0; row < reader.get().numRows(); row++) {
            values.add(reader.get().column(0).getLong(row));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    values.sort(null);
    return values;
  }

  /** The number that a query of one count, pushed down, would sum up, without a job. */
  static long counted(Dataset<Row> query) throws IOException {
    Batch batch = scans(query).get(0).scan().toBatch();
    long count = 0;
    for (InputPartition partition : batch.planInputPartitions()) {
      try (PartitionReader<InternalRow> reader =
          batch.createReaderFactory().createReader(partition)) {
        while (reader.next()) {
          count += reader.get().getLong(0);
        }
      }
    }
    return count;
  }
}
