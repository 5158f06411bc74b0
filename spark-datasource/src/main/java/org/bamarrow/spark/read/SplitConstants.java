package org.bamarrow.spark.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.vectorized.ColumnVectorUtils;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.schema.RecordMetadata;

/**
 * The columns of a scan that no file has, because they have one value in all rows of a split:
 * partition columns, {@code _file} and {@code _metadata}. They cost nothing per row.
 *
 * @param schema all columns of the batches
 * @param origins for each of them: {@link #READ}, {@link #METADATA}, {@link #FILE}, or the 0-based
 *     position of the partition column
 * @param ofRecords names of the columns that are read as {@link RecordMetadata#OF_RECORDS}
 */
record SplitConstants(StructType schema, List<Integer> origins, List<String> ofRecords)
    implements Serializable {
  private static final int READ = -1;
  private static final int METADATA = -2;
  private static final int FILE = -3;

  SplitConstants {
    origins = List.copyOf(origins);
    ofRecords = List.copyOf(ofRecords);
  }

  /**
   * @param schema the selected columns and metadata columns
   * @param table the columns of the table, which hide metadata columns of the same name
   */
  static SplitConstants of(StructType schema, StructType table, TableFiles files) {
    List<String> partitions = List.of(files.partitionColumns().fieldNames());
    List<String> columns = List.of(table.fieldNames());
    List<Integer> origins = new ArrayList<>();
    List<String> ofRecords = new ArrayList<>();
    for (String name : schema.fieldNames()) {
      RecordMetadata metadata = columns.contains(name) ? null : RecordMetadata.named(name);
      if (metadata == RecordMetadata.METADATA || metadata == RecordMetadata.FILE) {
        origins.add(metadata == RecordMetadata.FILE ? FILE : METADATA);
      } else {
        origins.add(partitions.indexOf(name)); // READ if there is none
      }
      if (metadata != null && RecordMetadata.OF_RECORDS.contains(metadata)) {
        ofRecords.add(name);
      }
    }
    return new SplitConstants(schema, origins, ofRecords);
  }

  /** The columns that are read from the files. */
  StructType read() {
    StructType read = new StructType();
    for (int i = 0; i < origins.size(); i++) {
      read = origins.get(i) == READ ? read.add(schema.fields()[i]) : read;
    }
    return read;
  }

  /**
   * Adds the constant columns.
   *
   * @param batch the columns of {@link #read}
   */
  ColumnarBatch complete(ColumnarBatch batch, FileSplit split) {
    if (batch.numCols() == origins.size()) {
      return batch;
    }
    ColumnVector[] columns = new ColumnVector[origins.size()];
    int next = 0;
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          origins.get(i) == READ ? batch.column(next++) : constant(i, split, batch.numRows());
    }
    return new ColumnarBatch(columns, batch.numRows());
  }

  private ColumnVector constant(int column, FileSplit split, int rows) {
    DataType type = schema.fields()[column].dataType();
    int origin = origins.get(column);
    if (origin == FILE) {
      return constant(UTF8String.fromString(split.file().name()), type, rows);
    }
    if (origin != METADATA) {
      return constant(split.file().partition().get(origin), type, rows);
    }
    ConstantColumnVector struct = new ConstantColumnVector(rows, type);
    StructField[] fields = ((StructType) type).fields();
    for (int i = 0; i < fields.length; i++) {
      Object value = FileMetadata.value(fields[i].name(), split);
      struct.setChild(i, constant(value, fields[i].dataType(), rows));
    }
    struct.setNotNull();
    return struct;
  }

  private static ConstantColumnVector constant(Object value, DataType type, int rows) {
    ConstantColumnVector vector = new ConstantColumnVector(rows, type);
    ColumnVectorUtils.populate(vector, new GenericInternalRow(new Object[] {value}), 0);
    return vector;
  }
}
