package org.bamarrow.spark.read;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.bamarrow.internal.filter.VectorFields;

/** Results of aggregations as Spark's rows. */
final class AggregateRows {
  private AggregateRows() {}

  /**
   * A row: the group, if there is a column for it, and the results.
   *
   * @param key a Long, a String, text in UTF-8, or null
   */
  static InternalRow of(StructType schema, Object key, Long[] results) {
    int first = schema.size() - results.length; // 1 if the first column is that of the group
    Object[] values = new Object[schema.size()];
    if (first > 0) {
      values[0] = value(key, schema.fields()[0].dataType());
    }
    for (int i = 0; i < results.length; i++) {
      values[first + i] = value(results[i], schema.fields()[first + i].dataType());
    }
    return new GenericInternalRow(values);
  }

  private static Object value(Object of, DataType type) {
    if (of instanceof String text) {
      return UTF8String.fromString(text);
    }
    if (of instanceof byte[] text) {
      return UTF8String.fromBytes(text);
    }
    return of == null ? null : number((Long) of, type);
  }

  private static Object number(long of, DataType type) {
    if (type instanceof IntegerType || type instanceof DateType) {
      return Math.toIntExact(of);
    }
    if (type instanceof FloatType) {
      return (float) VectorFields.toDouble(of);
    }
    if (type instanceof DoubleType) {
      return VectorFields.toDouble(of);
    }
    return type instanceof ShortType
        ? (Object) (short) of
        : type instanceof ByteType ? (Object) (byte) of : (Object) of;
  }
}
