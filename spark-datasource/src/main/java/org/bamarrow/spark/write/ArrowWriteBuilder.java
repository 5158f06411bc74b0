package org.bamarrow.spark.write;

import java.util.List;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;

/** Builds a write that appends rows to a directory of parts, or replaces it. */
public final class ArrowWriteBuilder implements SupportsTruncate {
  private final TableFiles files;
  private final StructType rows;
  private final List<String> partitionedBy;
  private boolean append = true;

  /**
   * @param files whose one path is the directory
   * @param rows their types
   * @param partitionedBy names of the partition columns, the last of the rows
   */
  public ArrowWriteBuilder(TableFiles files, StructType rows, List<String> partitionedBy) {
    this.partitionedBy = List.copyOf(partitionedBy);
    this.files = files;
    this.rows = rows;
  }

  @Override
  public WriteBuilder truncate() {
    append = false;
    return this;
  }

  @Override
  public Write build() {
    return partitionedBy.isEmpty() ? new RowsWrite() : new PartitionedWrite();
  }

  private class RowsWrite implements Write {
    @Override
    public String description() {
      return "bamarrow " + files;
    }

    @Override
    public BatchWrite toBatch() {
      return SparkErrors.whenReading(
          files, () -> new ArrowBatchWrite(files, rows, partitionedBy, append));
    }
  }

  /**
   * Rows come to each task in the order of the partition columns, so that it has one open part at a
   * time. As with Spark's own file sources, they are not moved to other tasks.
   */
  private final class PartitionedWrite extends RowsWrite
      implements RequiresDistributionAndOrdering {
    @Override
    public Distribution requiredDistribution() {
      return Distributions.unspecified();
    }

    @Override
    public SortOrder[] requiredOrdering() {
      return partitionedBy.stream()
          .map(
              column ->
                  Expressions.sort(
                      Expressions.column("`" + column.replace("`", "``") + "`"),
                      SortDirection.ASCENDING))
          .toArray(SortOrder[]::new);
    }
  }
}
