package org.bamarrow.spark.read;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.types.StructType;

/**
 * The number of rows that the manifests tell, without reading a part.
 *
 * @param readSchema one column for each {@code count(*)}
 * @param count number of rows of the files
 * @param inputs for EXPLAIN
 */
record CountScan(StructType readSchema, long count, String inputs) implements LocalScan {
  @Override
  public InternalRow[] rows() {
    Object[] counts = new Object[readSchema.size()];
    Arrays.fill(counts, count);
    return new InternalRow[] {new GenericInternalRow(counts)};
  }

  @Override
  public String description() {
    return "Arrow, rows counted by the manifest, inputs: " + inputs;
  }
}
