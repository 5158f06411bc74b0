package org.bamarrow.spark.schema;

import java.util.List;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;

/** A metadata column: available by name, and hidden otherwise. */
public record RecordMetadata(String name, DataType dataType, String comment)
    implements MetadataColumn {
  static final RecordMetadata FILE =
      new RecordMetadata(
          "_file", DataTypes.StringType, "the file of the record, as input_file_name() gives it");
  static final RecordMetadata VOFFSET =
      new RecordMetadata(
          "_voffset", DataTypes.LongType, "BGZF virtual offset of the record in its file");

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

  public static final List<RecordMetadata> ALL = List.of(FILE, VOFFSET, METADATA);

  /** The name of the core's column; not of {@link #METADATA}, which no file has. */
  public String coreName(ColumnOptions columns) {
    return this == VOFFSET
        ? "voffset"
        : columns.profile() == ColumnProfile.STANDARD ? "file" : "source_file";
  }

  @Override
  public boolean isNullable() {
    return false;
  }
}
