package org.bamarrow.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.spark.files.ContentKind;
import org.bamarrow.spark.files.TableFiles;

/** {@code spark.read.format("bam")}: as {@link BamArrowSource}, for BAMs only, which are read. */
public final class BamSource extends BamArrowSource {
  /** Called by Spark, once per table. */
  public BamSource() {}

  @Override
  public String shortName() {
    return "bam";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap given) {
    StructType schema = super.inferSchema(given);
    requireBams(files(given));
    return schema;
  }

  @Override
  Table table(TableFiles files, StructType schema, List<String> partitionedBy, WriteRoute route) {
    requireBams(files);
    return ofBams(files, schema, partitionedBy, route);
  }

  private static void requireBams(TableFiles files) {
    if (files.kind() == ContentKind.ARROW) {
      throw new IllegalArgumentException(
          files + " holds Arrow data; the format bam reads BAMs only, use the format bamarrow");
    }
  }

  /**
   * Always throws.
   *
   * @throws IllegalArgumentException always
   */
  @Override
  public BaseRelation createRelation(
      SQLContext context,
      SaveMode mode,
      scala.collection.immutable.Map<String, String> parameters,
      Dataset<Row> rows) {
    throw new IllegalArgumentException(
        "bamarrow does not write BAMs; the format bamarrow writes Arrow files");
  }
}
