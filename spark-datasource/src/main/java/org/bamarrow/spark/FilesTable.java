package org.bamarrow.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.HasFiles;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.files.TableLocation;
import org.bamarrow.spark.schema.Columns;

/** The common part of all tables of files. Immutable. */
abstract class FilesTable implements SupportsRead, SupportsMetadataColumns, HasFiles {
  /** As {@link TableLocation#path}, or options of the reader. */
  private static final Set<String> LOCATIONS = Set.of("path", "paths", TableCatalog.PROP_LOCATION);

  final TableFiles files;

  FilesTable(TableFiles files) {
    this.files = files;
  }

  @Override
  public final TableFiles files() {
    return files;
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

  /**
   * As {@code DESCRIBE EXTENDED} and {@code SHOW CREATE TABLE} show them: those that a catalog has
   * given, and the directory. A table with a location of its own is external: dropping it does not
   * delete the files.
   */
  @Override
  public final Map<String, String> properties() {
    Map<String, String> shown = new TreeMap<>();
    files
        .given()
        .forEach(
            (name, value) -> {
              boolean isOption = files.given().containsKey(TableCatalog.OPTION_PREFIX + name);
              if (files.location().ofCatalog() && !isOption && !LOCATIONS.contains(name)) {
                shown.put(name, value);
              }
            });
    shown.putIfAbsent(TableCatalog.PROP_PROVIDER, BamArrowSource.NAME);
    files.location().path().ifPresent(path -> shown.put(TableCatalog.PROP_LOCATION, path));
    if (!files.location().ofCatalog() || files.given().containsKey(TableCatalog.PROP_LOCATION)) {
      shown.put(TableCatalog.PROP_EXTERNAL, "true");
    }
    return shown;
  }
}
