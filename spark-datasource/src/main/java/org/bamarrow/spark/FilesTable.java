package org.bamarrow.spark;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;

/** What every table of files tells Spark of itself. Immutable. */
abstract class FilesTable implements SupportsRead {
  final TableFiles files;

  FilesTable(TableFiles files) {
    this.files = files;
  }

  /** All columns of the rows. */
  abstract StructType rows();

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

  /** What Spark 4.0 asks for in the place of {@link #columns}, and nothing after it. */
  @Override
  @SuppressWarnings("deprecation")
  public final StructType schema() {
    return rows();
  }

  /** Whoever drops the table leaves the files, which are not Spark's. */
  @Override
  public final Map<String, String> properties() {
    return Map.of(
        TableCatalog.PROP_PROVIDER, BamArrowSource.NAME, TableCatalog.PROP_EXTERNAL, "true");
  }
}
