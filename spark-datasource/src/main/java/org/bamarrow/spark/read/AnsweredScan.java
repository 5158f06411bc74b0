package org.bamarrow.spark.read;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.types.StructType;

/**
 * Aggregates that the driver knows, without reading a record batch.
 *
 * @param readSchema the columns of the aggregates
 * @param answer one row for each group
 * @param description for EXPLAIN
 */
record AnsweredScan(StructType readSchema, List<InternalRow> answer, String description)
    implements LocalScan {
  @Override
  public InternalRow[] rows() {
    return answer.toArray(InternalRow[]::new);
  }
}
