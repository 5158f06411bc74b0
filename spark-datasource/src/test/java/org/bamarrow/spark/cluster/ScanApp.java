package org.bamarrow.spark.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.ArrowUtils;

/**
 * The application that the tests submit: reads BAMs and prints how many rows there were, and their
 * digest. Arguments: a file that names a BAM a line with the options of its scan behind it, all
 * joined by tabs; a {@link Trouble}; the folder for its marks.
 */
public final class ScanApp {
  private static final int ASKED = 8;
  private static final int PATIENCE = 100;

  private ScanApp() {}

  public static void main(String[] arguments) throws IOException {
    TroubledRows rows = new TroubledRows(Trouble.valueOf(arguments[1]), arguments[2]);
    try (SparkSession spark = SparkSession.builder().appName("scans").getOrCreate()) {
      for (String line : Files.readAllLines(Path.of(arguments[0]))) {
        System.out.println(line + "\t" + scan(spark, line.split("\t"), rows));
      }
      System.out.println("left\t" + left(spark));
    }
  }

  private static String scan(SparkSession spark, String[] scan, TroubledRows rows) {
    DataFrameReader reader = spark.read().format("bamarrow");
    for (int i = 1; i < scan.length; i += 2) {
      reader = reader.option(scan[i], scan[i + 1]);
    }
    List<String> found =
        reader.load(scan[0]).mapPartitions(rows, Encoders.STRING()).collectAsList();
    return digest(found);
  }

  /** Number and MD5 of rows. */
  static String digest(List<String> rows) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      rows.forEach(row -> md5.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
      return rows.size() + "\t" + HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The Arrow memory that is taken on each executor once all tasks have ended, in bytes. */
  private static String left(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> tasks = IntStream.range(0, ASKED).boxed().toList();
    return new TreeSet<>(
            context
                .parallelize(tasks, ASKED)
                .mapPartitions(
                    none ->
                        Collections.singleton(SparkEnv.get().executorId() + ":" + left())
                            .iterator())
                .collect())
        .toString();
  }

  /** A killed task ends when it likes, and so is waited for. */
  private static long left() throws InterruptedException {
    for (int i = 0; i < PATIENCE && ArrowUtils.rootAllocator().getAllocatedMemory() > 0; i++) {
      Thread.sleep(100);
    }
    Thread.sleep(100); // so that both executors are asked
    return ArrowUtils.rootAllocator().getAllocatedMemory();
  }
}
