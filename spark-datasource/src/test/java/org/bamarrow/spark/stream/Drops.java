package org.bamarrow.spark.stream;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;

/** A folder in which BAMs arrive, a stream of them, and what each batch of it has. */
final class Drops {
  final Path folder;
  private final Path place;
  private int dropped;

  /** The names of the reads of each batch, in order; also of those that are run again. */
  final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());

  Drops(Path place) throws IOException {
    this.place = place;
    folder = Files.createDirectory(place.resolve("drops"));
  }

  /** A BAM with one read, named as the file, which appears whole, later than those before. */
  Path drop(String name, String aux) {
    Path made = Bams.of(place.resolve("making"), List.of(Bams.record(name, 9, 5, 30, aux)));
    return move(made, name);
  }

  Path drop(String name) {
    return drop(name, "NMC\1");
  }

  Path move(Path made, String name) {
    try {
      Files.setLastModifiedTime(made, FileTime.fromMillis(1_600_000_000_000L + 1000 * ++dropped));
      return Files.move(made, folder.resolve(name + ".bam"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Dataset<Row> stream(String... options) {
    return reader(options).load(folder.toString());
  }

  static DataStreamReader reader(String... options) {
    DataStreamReader reader = LocalSpark.SESSION.readStream().format("bamarrow");
    for (int i = 0; i < options.length; i += 2) {
      reader = reader.option(options[i], options[i + 1]);
    }
    return reader;
  }

  Path checkpoint() {
    return place.resolve("checkpoint");
  }

  StreamingQuery start(Dataset<Row> stream, Trigger trigger) throws TimeoutException {
    return start(stream, trigger, (batch, id) -> batches.add(names(batch)));
  }

  StreamingQuery start(Dataset<Row> stream, Trigger trigger, VoidFunction2<Dataset<Row>, Long> sink)
      throws TimeoutException {
    return stream
        .writeStream()
        .option("checkpointLocation", checkpoint().toString())
        .trigger(trigger)
        .foreachBatch(sink)
        .start();
  }

  private static List<String> names(Dataset<Row> batch) {
    return batch.select("qname").as(Encoders.STRING()).collectAsList();
  }

  /** Runs what is available, and gives the batches of this run. */
  List<List<String>> run(String... options) throws Exception {
    return run(stream(options));
  }

  List<List<String>> run(Dataset<Row> stream) throws Exception {
    batches.clear();
    start(stream, Trigger.AvailableNow()).awaitTermination();
    return List.copyOf(batches);
  }

  /** The message of what ends the stream. */
  String failure(Dataset<Row> stream) {
    return assertThrows(StreamingQueryException.class, () -> run(stream)).getMessage();
  }

  List<String> there() throws IOException {
    return names(folder);
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
