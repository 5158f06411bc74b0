package org.bamarrow.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.sources.RelationProvider;
import org.apache.spark.sql.sources.SchemaRelationProvider;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;

/**
 * The interfaces of DataSource V1, for what Spark does not offer to a source of V2 that is read
 * with a given schema: the save modes {@code error} and {@code ignore}, and tables in the session
 * catalog of Spark 3.5 and in catalogs that wrap it. All of it is done by {@link DirectSource}.
 */
abstract class V1Source
    implements RelationProvider, SchemaRelationProvider, CreatableRelationProvider {
  @Override
  public final BaseRelation createRelation(
      SQLContext context, scala.collection.immutable.Map<String, String> parameters) {
    return createRelation(context, parameters, (StructType) null);
  }

  @Override
  public final BaseRelation createRelation(
      SQLContext context,
      scala.collection.immutable.Map<String, String> parameters,
      StructType schema) {
    return new FilesRelation(context, V1Options.of(parameters).options(), schema);
  }

  /** Writes rows; does nothing for the mode {@code ignore} if there is data. */
  @Override
  public BaseRelation createRelation(
      SQLContext context,
      SaveMode mode,
      scala.collection.immutable.Map<String, String> parameters,
      Dataset<Row> rows) {
    V1Options given = V1Options.of(parameters);
    if (mayWrite(mode, new TableFiles(given.options(), context.sparkSession()))) {
      DirectSource.write(rows, mode, given.options(), given.partitionColumns());
    }
    return new FilesRelation(context, given.options(), rows.schema().asNullable());
  }

  private static boolean mayWrite(SaveMode mode, TableFiles files) {
    boolean present =
        (mode == SaveMode.ErrorIfExists || mode == SaveMode.Ignore)
            && SparkErrors.whenReading(files, files.location()::holdsData);
    if (present && mode == SaveMode.ErrorIfExists) {
      throw SparkErrors.alreadyExists(files.location().directory());
    }
    return !present;
  }

  /** The write itself knows the types, and says which column has another one. New in Spark 4.0. */
  @Override
  public final boolean supportsDataType(DataType type) {
    return true;
  }
}
