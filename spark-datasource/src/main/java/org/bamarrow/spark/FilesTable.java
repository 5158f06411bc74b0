package org.bamarrow.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.schema.Columns;

/** The common part of all tables of files. Immutable. */
abstract class FilesTable implements SupportsRead, SupportsMetadataColumns {
  final TableFiles files;

  FilesTable(TableFiles files) {
    this.files = files;
  }

  /** All columns of the rows. */
  abstract StructType rows();

  /** The names of the partition columns, in the order of the folders. */
  abstract List<String> partitionedBy();

  @Override
  public final Transform[] partitioning() {
    return partitionedBy().stream()
        .map(column -> Expressions.identity(Columns.quoted(column)))
        .toArray(Transform[]::new);
  }

  @Override
  public final String name() {
    return "bamarrow " + files;
  }

  @Override
  public final Column[] columns() {
    return Arrays.stream(rows().fields())
        .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
        .toArray(Column[]::new);
  }

  /** Called by Spark 4.0 instead of {@link #columns}; later versions do not call it. */
  @Override
  @SuppressWarnings("deprecation")
  public final StructType schema() {
    return rows();
  }

  /** The table is external: dropping it does not delete the files. */
  @Override
  public final Map<String, String> properties() {
    return Map.of(
        TableCatalog.PROP_PROVIDER, BamArrowSource.NAME, TableCatalog.PROP_EXTERNAL, "true");
  }
}
