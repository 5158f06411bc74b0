package org.bamarrow.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.parts.BrokenManifestException;
import org.bamarrow.spark.files.ContentKind;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SourceTable;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.options.SparkWords;
import org.bamarrow.spark.schema.Columns;
import org.bamarrow.spark.schema.HeaderTable;
import org.bamarrow.spark.schema.MergedSchema;
import org.bamarrow.spark.schema.SchemaInference;
import org.bamarrow.spark.schema.SparkSchema;

/** {@code spark.read.format("bamarrow")}: Spark finds it through the service file in the jar. */
public class BamArrowSource extends V1Source implements TableProvider, DataSourceRegister {
  /** For {@code format()} and {@code USING}. */
  static final String NAME = "bamarrow";

  /** The files of the last call, so that schema and table of the same options list them once. */
  private TableFiles inferred;

  /** Called by Spark, once per table. */
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

  static StructType schema(TableFiles files) throws IOException {
    SourceTable table = files.options().table();
    if (table == SourceTable.RECORDS && files.kind() == ContentKind.ARROW) {
      ArrowTable.requireOptions(files);
      return files.withPartitionColumns(MergedSchema.of(files));
    }
    files.statuses(); // throws if there are no files
    return table == SourceTable.RECORDS
        ? files.withPartitionColumns(SparkSchema.of(SchemaInference.infer(files)))
        : HeaderTable.of(table).schema();
  }

  /** The partition columns that the folders of the files show. */
  @Override
  public Transform[] inferPartitioning(CaseInsensitiveStringMap given) {
    TableFiles files = files(given);
    if (!files.location().hasPath()) { // a managed table that is being created
      return new Transform[0];
    }
    return SparkErrors.whenReading(
        files,
        () ->
            files.options().table() != SourceTable.RECORDS || isBroken(files)
                ? new Transform[0]
                : Arrays.stream(files.partitionColumns().fieldNames())
                    .map(column -> Expressions.identity(Columns.quoted(column)))
                    .toArray(Transform[]::new));
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return table(schema, partitioning, properties, WriteRoute.of(schema));
  }

  /**
   * The table of {@link #getTable}.
   *
   * @param route how it is written to
   */
  final Table table(
      StructType schema,
      Transform[] partitioning,
      Map<String, String> properties,
      WriteRoute route) {
    List<String> partitionedBy = PartitionBy.columns(partitioning);
    TableFiles files = files(properties);
    if (files.location().ofCatalog()
        && !files.location().hasPath()) { // the catalog chooses the directory afterwards
      return new ArrowTable(files, schema, partitionedBy, route);
    }
    return SparkErrors.whenReading(files, () -> table(files, schema, partitionedBy, route));
  }

  Table table(TableFiles files, StructType schema, List<String> partitionedBy, WriteRoute route) {
    if (isBroken(files)) {
      return new ArrowTable(files, schema, partitionedBy, route);
    }
    if (files.kind() == ContentKind.BAM) {
      return ofBams(files, schema, partitionedBy, route);
    }
    return files.kind() == ContentKind.ARROW && files.options().table() != SourceTable.RECORDS
        ? new ArrowHeaderTable(files, schema)
        : new ArrowTable(files, schema, partitionedBy, route);
  }

  /** Whether a manifest is broken: the table can at least be overwritten. */
  static boolean isBroken(TableFiles files) {
    try {
      files.kind();
      return false;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof BrokenManifestException) {
        return true; // reading the table still fails with this error
      }
      throw e;
    }
  }

  /** The schema may be that of rows to be written. */
  static Table ofBams(
      TableFiles files, StructType schema, List<String> partitionedBy, WriteRoute route) {
    try {
      BamTable table = new BamTable(files, schema, route);
      if (!partitionedBy.isEmpty()
          && !PartitionBy.resolved(table.rows(), partitionedBy, files)
              .equals(table.partitionedBy())) {
        throw new IllegalArgumentException(
            String.format(
                "their partition columns are %s, not %s", table.partitionedBy(), partitionedBy));
      }
      return table;
    } catch (IllegalArgumentException e) {
      return new MisfitTable(
          files,
          route,
          new IllegalArgumentException(
              String.format(
                  "%s holds BAMs, and %s; to write rows, name another directory: bamarrow writes"
                      + " Arrow files, and not among BAMs",
                  files, SparkWords.in(e).getMessage()),
              e));
    }
  }

  final TableFiles files(Map<String, String> given) {
    Map<String, String> spelled =
        given instanceof CaseInsensitiveStringMap map ? map.asCaseSensitiveMap() : given;
    if (inferred == null || !inferred.given().equals(spelled)) {
      SparkSession session = SparkSession.active();
      PythonInput.keepRows(session);
      BamArrowCatalog.register(session);
      inferred = new TableFiles(spelled, session);
    }
    return inferred;
  }
}
