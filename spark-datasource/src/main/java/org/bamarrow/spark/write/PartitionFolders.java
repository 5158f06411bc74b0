package org.bamarrow.spark.write;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The folders for rows, such as {@code sample=NA12878/lane=1/}, spelled as Spark's own file sources
 * do. Immutable.
 *
 * @param columns the partition columns, in the order of the folders
 * @param first position of the first of them in a row; they are its last columns
 * @param timeZone of timestamps
 */
record PartitionFolders(StructType columns, int first, String timeZone) implements Serializable {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** With as many digits of the microseconds as are needed. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(SECONDS)
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  /**
   * The folders for rows of a schema.
   *
   * @param names of the partition columns, the last of the schema
   * @throws IllegalArgumentException if rows cannot be partitioned by these columns
   */
  static PartitionFolders of(StructType rows, List<String> names, String timeZone) {
    int first = rows.size() - names.size();
    StructField[] last = Arrays.copyOfRange(rows.fields(), Math.max(0, first), rows.size());
    if (!names.equals(Arrays.stream(last).map(StructField::name).toList())) {
      throw new IllegalArgumentException(
          String.format(
              "the files there have columns with names of the partition columns %s; write to"
                  + " another directory",
              names));
    }
    Set<String> different = new HashSet<>(names);
    for (StructField column : last) {
      if (!isSupported(column.dataType()) || !different.remove(column.name())) {
        throw new IllegalArgumentException(
            String.format("bamarrow cannot partition by %s", column.toDDL()));
      }
      if (column.name().startsWith(".")) {
        throw new IllegalArgumentException(
            "a partition column cannot be named "
                + column.name()
                + ": its folders would be hidden");
      }
    }
    if (first == 0 && !names.isEmpty()) {
      throw new IllegalArgumentException("at least one column must not be a partition column");
    }
    StructType columns = new StructType();
    for (StructField column : last) {
      columns = columns.add(column.name(), column.dataType(), true);
    }
    return new PartitionFolders(columns, first, timeZone);
  }

  private static boolean isSupported(DataType type) {
    return type.equals(DataTypes.StringType) // with the binary collation
        || type instanceof BooleanType
        || type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || type instanceof FloatType
        || type instanceof DoubleType
        || type instanceof DecimalType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  /** Whether a row is in the folder of these values. */
  boolean isIn(InternalRow row, Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Objects.equals(value(row, i), values[i])) {
        return false;
      }
    }
    return true;
  }

  /** The values of a row, copied. */
  Object[] values(InternalRow row) {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = InternalRow.copyValue(value(row, i));
    }
    return values;
  }

  private Object value(InternalRow row, int i) {
    return row.isNullAt(first + i) ? null : row.get(first + i, columns.fields()[i].dataType());
  }

  /**
   * The path of the folder within the directory, with a slash at the end; empty without columns.
   */
  String path(Object[] values) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      StructField column = columns.fields()[i];
      String text = values[i] == null ? null : text(values[i], column.dataType());
      path.append(ExternalCatalogUtils.getPartitionPathString(column.name(), text)).append('/');
    }
    return path.toString();
  }

  /** As Spark casts a value to a string. */
  private String text(Object value, DataType type) {
    if (type instanceof DateType) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    if (type instanceof TimestampType) {
      return TIME.format(LocalDateTime.ofInstant(instant((Long) value), ZoneId.of(timeZone)));
    }
    if (type instanceof TimestampNTZType) {
      return TIME.format(LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC));
    }
    return value.toString();
  }

  private static Instant instant(long microseconds) {
    return Instant.ofEpochSecond(
        Math.floorDiv(microseconds, 1_000_000L), Math.floorMod(microseconds, 1_000_000L) * 1000L);
  }
}
