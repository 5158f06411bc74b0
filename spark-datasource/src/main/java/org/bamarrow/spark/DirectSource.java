package org.bamarrow.spark;

import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;

/**
 * The tables of {@link BamArrowSource} with writes of DataSource V2. Not for users, but for {@link
 * V1Source}, whose reads and writes run as queries on these tables. It has no short name, so that
 * {@code spark.sql.sources.useV1SourceList} does not apply to it.
 */
public final class DirectSource implements TableProvider {
  private final BamArrowSource source = new BamArrowSource();

  /** Called by Spark, once per table. */
  public DirectSource() {}

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return source.inferSchema(options);
  }

  /** The table of a path in a catalog. */
  Table load(Map<String, String> options) {
    CaseInsensitiveStringMap map = new CaseInsensitiveStringMap(options);
    TableFiles files = source.files(map);
    StructType schema = SparkErrors.whenLoading(files, () -> BamArrowSource.schema(files));
    return getTable(schema, source.inferPartitioning(map), options);
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return source.table(schema, partitioning, properties, WriteRoute.DIRECT);
  }

  /**
   * @param schema null: inferred
   */
  static Dataset<Row> read(SparkSession session, Map<String, String> options, StructType schema) {
    DataFrameReader reader = session.read().format(DirectSource.class.getName()).options(options);
    return (schema == null ? reader : reader.schema(schema)).load();
  }

  /**
   * Writes rows.
   *
   * @param mode the modes other than overwrite append
   */
  static void write(
      Dataset<Row> rows, SaveMode mode, Map<String, String> options, String... partitionColumns) {
    rows.write()
        .format(DirectSource.class.getName())
        .mode(mode == SaveMode.Overwrite ? mode : SaveMode.Append)
        .options(options)
        .partitionBy(partitionColumns)
        .save();
  }
}
