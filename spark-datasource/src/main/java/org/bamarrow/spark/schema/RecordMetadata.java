package org.bamarrow.spark.schema;

import java.util.List;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A metadata column: available by name, and hidden otherwise. */
public record RecordMetadata(String name, DataType dataType, String comment)
    implements MetadataColumn {
  public static final RecordMetadata FILE =
      new RecordMetadata(
          "_file", DataTypes.StringType, "the file of the record, as input_file_name() gives it");
  public static final RecordMetadata VOFFSET =
      new RecordMetadata(
          "_voffset", DataTypes.LongType, "BGZF virtual offset of the record in its file");

  public static final RecordMetadata RID =
      new RecordMetadata(
          "_rid",
          DataTypes.IntegerType,
          "0-based index of rname in the references of its file; null for unplaced records");

  /** The file, as in the column of this name of Spark's own file sources, all but row_index. */
  public static final RecordMetadata METADATA =
      new RecordMetadata(
          "_metadata",
          new StructType()
              .add("file_path", DataTypes.StringType, false)
              .add("file_name", DataTypes.StringType, false)
              .add("file_size", DataTypes.LongType, false)
              .add("file_block_start", DataTypes.LongType, false)
              .add("file_block_length", DataTypes.LongType, false)
              .add("file_modification_time", DataTypes.TimestampType, false),
          "the file of the record and the part of it that the task reads");

  public static final List<RecordMetadata> ALL = List.of(FILE, VOFFSET, RID, METADATA);

  /** Those that are read with the records; the others have one value in all rows of a split. */
  public static final List<RecordMetadata> OF_RECORDS = List.of(VOFFSET, RID);

  /** The metadata column of a name, or null. */
  public static RecordMetadata named(String name) {
    return ALL.stream().filter(column -> column.name.equals(name)).findFirst().orElse(null);
  }

  /** The name of the core's column; of {@link #OF_RECORDS} only. */
  public String coreName() {
    return this == VOFFSET ? "voffset" : "rid";
  }

  /** In Arrow data, which anyone may have written, the column of {@link #VOFFSET} may be null. */
  @Override
  public boolean isNullable() {
    return OF_RECORDS.contains(this);
  }
}
