package org.bamarrow.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.parts.BrokenManifestException;
import org.bamarrow.spark.files.ContentKind;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SourceTable;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.schema.HeaderTable;
import org.bamarrow.spark.schema.SchemaInference;
import org.bamarrow.spark.schema.SparkSchema;

/**
 * {@code spark.read.format("bamarrow")}: found by Spark through this class's name in the jar's
 * services.
 */
public final class BamArrowSource implements TableProvider, DataSourceRegister {
  /** For {@code format()} and {@code USING}. */
  static final String NAME = "bamarrow";

  /** Listed and opened for the schema, and not once more for the table of the same options. */
  private TableFiles inferred;

  /** For Spark, which makes one for each table. */
  public BamArrowSource() {}

  @Override
  public String shortName() {
    return NAME;
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap given) {
    TableFiles files = files(given);
    return SparkErrors.whenReading(files, () -> schema(files));
  }

  private static StructType schema(TableFiles files) throws IOException {
    SourceTable table = files.options().table();
    if (files.kind() == ContentKind.ARROW) {
      ArrowTable.requireOptions(files);
      return SparkSchema.ofArrow(files.arrowSchema(), files.toString());
    }
    files.statuses(); // says so where there is nothing
    return table == SourceTable.RECORDS
        ? SparkSchema.of(SchemaInference.infer(files))
        : HeaderTable.of(table).schema();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    if (partitioning.length > 0) {
      throw new IllegalArgumentException(
          "bamarrow knows no partition columns; leave partitionBy or PARTITIONED BY out");
    }
    TableFiles files = files(properties);
    return SparkErrors.whenReading(
        files, () -> holdsBams(files) ? ofBams(files, schema) : new ArrowTable(files, schema));
  }

  /** Where a manifest is broken there are none, and the table can at least be overwritten. */
  private static boolean holdsBams(TableFiles files) {
    try {
      return files.kind() == ContentKind.BAM;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof BrokenManifestException) {
        return false; // reading it fails still, with this error
      }
      throw e;
    }
  }

  /** The schema may also be that of rows which somebody wants to write. */
  private static Table ofBams(TableFiles files, StructType schema) {
    try {
      return new BamTable(files, schema);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(
              "%s holds BAMs, and %s; to write rows, name another directory: bamarrow writes Arrow"
                  + " files, and not among BAMs",
              files, e.getMessage()),
          e);
    }
  }

  private TableFiles files(Map<String, String> given) {
    Map<String, String> spelled =
        given instanceof CaseInsensitiveStringMap map ? map.asCaseSensitiveMap() : given;
    if (inferred == null || !inferred.given().equals(spelled)) {
      SparkSession session = SparkSession.active();
      PythonInput.keepRows(session);
      inferred = new TableFiles(spelled, session);
    }
    return inferred;
  }
}
