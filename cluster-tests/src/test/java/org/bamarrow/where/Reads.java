package org.bamarrow.where;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;

/** The reads of BAMs by the one session of all tests, on two threads; it ends with the JVM. */
final class Reads {
  static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .appName("bamarrow cluster tests")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 2)
          .config("spark.sql.warehouse.dir", "target/spark-warehouse")
          .getOrCreate();

  private Reads() {}

  /** Made-up paired reads over many blocks, about 100 bytes a record. */
  static Path synth(Path file, int records) throws IOException {
    SynthBam.write(file, SynthOptions.of(SynthProfile.SHORT, records, 7));
    return file;
  }

  static Dataset<Row> of(String path, Map<String, String> options) {
    DataFrameReader reader = SESSION.read().format("bamarrow").options(options);
    return reader.load(path);
  }

  static Dataset<Row> ofLocal(Path file) {
    return of(file.toUri().toString(), Map.of());
  }

  /** Of a directory that a conversion made; it must be whole. */
  static Dataset<Row> ofParts(String directory, Map<String, String> options) {
    return SESSION
        .read()
        .format("bamarrow")
        .options(options)
        .option("requireManifest", true)
        .load(directory);
  }

  /** Skips the calling test where the jar has not been packed. */
  static void requirePackedJar() {
    assumeTrue(Files.exists(SparkJars.PACKED), SparkJars.PACKED + " comes with mvn package");
  }

  static void assertSameRowsAndSums(Dataset<Row> expected, Dataset<Row> found) {
    assertEquals(SumsApp.sums(expected), SumsApp.sums(found));
    assertEquals(expected.collectAsList(), found.collectAsList());
  }
}
