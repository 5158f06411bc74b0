package org.bamarrow.spark.schema;

import java.util.List;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
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
  public static final List<RecordMetadata> ALL = List.of(FILE, VOFFSET);

  /** The name of the core's column. */
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
