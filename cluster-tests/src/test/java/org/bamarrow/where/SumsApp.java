package org.bamarrow.where;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Prints the sums of a BAM's reads. Arguments: its path, then pairs of name and value, the options.
 */
public final class SumsApp {
  private SumsApp() {}

  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("sums").getOrCreate()) {
      DataFrameReader reader = spark.read().format("bamarrow");
      for (int i = 1; i < arguments.length; i += 2) {
        reader = reader.option(arguments[i], arguments[i + 1]);
      }
      System.out.println("sums " + sums(reader.load(arguments[0])));
    }
  }

  /** The number of rows, and sums over columns of each kind. */
  static List<Row> sums(Dataset<Row> reads) {
    return reads
        .selectExpr(
            "count(*)",
            "sum(flag)",
            "sum(pos)",
            "sum(mapq)",
            "sum(length(seq))",
            "bit_xor(xxhash64(qname, rname, cigar, seq, qual))")
        .collectAsList();
  }
}
