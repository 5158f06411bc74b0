package org.bamarrow.spark;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.InsertableRelation;
import org.apache.spark.sql.sources.PrunedFilteredScan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.spark.files.TableLocation;

/**
 * A table as DataSource V1 knows it. Each scan is a query on {@link DirectSource}, to which columns
 * and filters are pushed down. Spark keeps a relation across queries, so the files are listed by
 * each scan; inferred columns stay.
 */
final class FilesRelation extends BaseRelation implements PrunedFilteredScan, InsertableRelation {
  private final SQLContext context;
  private final Map<String, String> options;
  private final StructType given;
  private StructType schema;

  /**
   * @param given the schema in the catalog; null: inferred
   */
  FilesRelation(SQLContext context, Map<String, String> options, StructType given) {
    this.context = context;
    this.options = TableLocation.asOfCatalog(options, BamArrowSource.NAME);
    this.given = given;
    schema = given;
  }

  private Dataset<Row> rows() {
    return DirectSource.read(context.sparkSession(), options, schema());
  }

  @Override
  public SQLContext sqlContext() {
    return context;
  }

  @Override
  public synchronized StructType schema() {
    if (schema == null) {
      schema = DirectSource.read(context.sparkSession(), options, null).schema();
    }
    return schema;
  }

  @Override
  public long sizeInBytes() {
    return rows().queryExecution().optimizedPlan().stats().sizeInBytes().toLong();
  }

  /** The rows are Spark's internal ones, whatever the signature of {@link #buildScan} says. */
  @Override
  public boolean needConversion() {
    return false;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // as needConversion says
  public RDD<Row> buildScan(String[] columns, Filter[] filters) {
    Dataset<Row> all = rows();
    Dataset<Row> kept = V1Filters.all(filters).map(all::filter).orElse(all);
    Column[] wanted = Arrays.stream(columns).map(V1Filters::named).toArray(Column[]::new);
    return (RDD) kept.select(wanted).queryExecution().toRdd();
  }

  /** Spark passes no partition columns: they are those of what is there. */
  @Override
  public void insert(Dataset<Row> rows, boolean overwrite) {
    Transform[] partitioning =
        new BamArrowSource().inferPartitioning(new CaseInsensitiveStringMap(options));
    DirectSource.write(
        rows,
        overwrite ? SaveMode.Overwrite : SaveMode.Append,
        options,
        V1WriteBuilder.columns(partitioning));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilesRelation relation
        && options.equals(relation.options)
        && Objects.equals(given, relation.given);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }

  @Override
  public String toString() {
    return BamArrowSource.NAME;
  }
}
