package org.bamarrow.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Counts of what SQL conditions leave of a BAM.
 *
 * <p>usage: SparkRegions BAM WARM RUNS FILE, whose lines are a name, a tab and a condition
 */
public final class SparkRegions {
  private SparkRegions() {}

  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSession.builder().getOrCreate();
    spark.read().format("bamarrow").load(arguments[0]).createOrReplaceTempView("bam");
    Rounds rounds = Rounds.of(arguments[1], arguments[2], "all");
    for (String line : Files.readAllLines(Path.of(arguments[3]))) {
      int tab = line.indexOf('\t');
      String query = "select count(*) from bam where " + line.substring(tab + 1);
      rounds.add(line.substring(0, tab), () -> String.valueOf(spark.sql(query).head().getLong(0)));
    }
    rounds.run();
    spark.stop();
  }
}
