import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Prints the number of reads and the mean MAPQ by reference.
 *
 * <pre>
 * javac -cp "$SPARK_HOME/jars/*" -d classes examples/spark/ByReference.java
 * jar --create --file by-reference.jar -C classes .
 * spark-submit --master 'local[*]' --jars spark-datasource/target/bamarrow-spark.jar \
 *     --class ByReference by-reference.jar reads.bam
 * </pre>
 */
public final class ByReference {
  private ByReference() {}

  public static void main(String[] bams) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("by reference").getOrCreate()) {
      var means =
          spark
              .read()
              .format("bamarrow")
              .load(bams)
              .groupBy("rname")
              .agg(count(lit(1)).as("reads"), avg("mapq").as("mapq"))
              .orderBy(col("rname"));
      for (Row row : means.collectAsList()) { // no reference (*) and no MAPQ (255) are null
        String mapq = row.isNullAt(2) ? "-" : String.format(Locale.ROOT, "%.3f", row.getDouble(2));
        System.out.println(
            (row.isNullAt(0) ? "*" : row.getString(0)) + "\t" + row.getLong(1) + "\t" + mapq);
      }
    }
  }
}
