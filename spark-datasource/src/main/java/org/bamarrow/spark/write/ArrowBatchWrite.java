package org.bamarrow.spark.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.internal.parts.PartsCommit;
import org.bamarrow.internal.parts.WrittenPart;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore.Entry;
import org.bamarrow.spark.files.HadoopPartStore;
import org.bamarrow.spark.files.SuccessMarker;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.options.SparkOptions;
import org.bamarrow.spark.serializer.JavaSerialized;
import org.bamarrow.spark.serializer.SerializedSchema;

/**
 * A job that writes rows to a directory of parts. It commits by publishing the manifest, which
 * includes the existing parts if rows are appended. On the driver.
 */
final class ArrowBatchWrite implements BatchWrite {
  /** An attempt fails only if another job has committed in between. */
  private static final int MAX_ATTEMPTS = 20;

  private final TableFiles files;
  private final StructType rows;
  private final boolean append;
  private final HadoopPartStore store;
  private final PartitionFolders folders;
  private final Schema schema;
  private final Schema partitionSchema;
  private final String job = PartNames.newJob();
  private PartsCommit commit;

  /**
   * @param partitionedBy names of the partition columns, the last of the rows
   * @param append false: existing data is replaced
   */
  ArrowBatchWrite(TableFiles files, StructType rows, List<String> partitionedBy, boolean append)
      throws IOException {
    this.files = files;
    this.rows = rows;
    this.append = append;
    this.store = new HadoopPartStore(files.location().directory(), files.settings());
    String zone = files.settings().get("spark.sql.session.timeZone", "UTC");
    folders = PartitionFolders.of(rows, partitionedBy, zone);
    StructField[] data = Arrays.copyOf(rows.fields(), folders.first());
    Schema given = ArrowSchemas.of(new StructType(data), zone);
    partitionSchema = ArrowSchemas.of(folders.columns(), zone);
    Optional<Manifest> before = append ? Manifest.find(store) : Optional.empty();
    if (append && before.isEmpty() && files.holdsArrow()) {
      throw new IllegalArgumentException(
          store.name()
              + ": contains Arrow data without a "
              + Manifest.NAME
              + ", which would no longer be read; write to another directory, or overwrite");
    }
    this.schema = before.isPresent() ? requireFit(given, before.get()) : given;
  }

  private Schema requireFit(Schema given, Manifest before) throws IOException {
    if (!before.inputs().isEmpty()) {
      throw new IllegalArgumentException(
          store.name()
              + ": holds converted BAMs; with other rows, the manifest could not show that they are"
              + " complete; write to another directory, or overwrite");
    }
    Schema partitions = before.arrowPartitionSchema();
    if (!names(partitions).equals(names(partitionSchema))
        || !ArrowSchemas.fits(partitionSchema.getFields(), partitions.getFields())) {
      throw new IllegalArgumentException(
          String.format(
              "%s: has partition columns %s, the appended rows have %s; append with the same"
                  + " partitionBy",
              store.name(), partitions.getFields(), partitionSchema.getFields()));
    }
    Schema there = before.arrowSchema();
    if (!ArrowSchemas.fits(given.getFields(), there.getFields())) {
      throw new IllegalArgumentException(
          String.format(
              "%s: has other columns (%s) than the appended rows (%s)",
              store.name(), there.getFields(), given.getFields()));
    }
    return there;
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }

  @Override
  public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    JavaSerialized.requireRegistered(files.session().sparkContext().conf());
    return SparkErrors.whenWriting(store.name(), () -> begin(info.numPartitions()));
  }

  private DataWriterFactory begin(int partitions) throws IOException {
    if (!append) {
      SuccessMarker.remove(store);
    }
    store.makeFolder();
    commit = PartsCommit.begin(store, job, true);
    int first = append ? firstNumber() : 0;
    SparkOptions options = files.options();
    return new RowWriterFactory(
        new WritePlan(
            rows,
            folders,
            SerializedSchema.of(schema),
            options.convert(),
            options.positive(SparkOption.ROWS_PER_PART, Long.MAX_VALUE),
            options.positive(SparkOption.BYTES_PER_PART, 1L << 28),
            new PartNames(job, first + partitions),
            first,
            store.name(),
            new SerializableConfiguration(files.settings())));
  }

  /** The number after the largest existing one, so that names sort in the order of the manifest. */
  private int firstNumber() throws IOException {
    long last = -1;
    for (Entry file : store.list()) {
      last = Math.max(last, PartNames.numberOf(file.name()));
    }
    return Math.toIntExact(last + 1);
  }

  @Override
  public void commit(WriterCommitMessage[] messages) {
    List<WrittenPart> written = new ArrayList<>();
    for (WriterCommitMessage message : messages) {
      written.addAll(RowWriter.parts(message));
    }
    SparkErrors.whenWriting(
        store.name(),
        () -> {
          commit(written);
          SuccessMarker.writeIfAsked(store, files.settings());
          return null;
        });
  }

  private void commit(List<WrittenPart> written) throws IOException {
    if (!append) {
      List<Part> parts = written.stream().map(WrittenPart::part).toList();
      commit.commit(Manifest.ofPartitioned(job, schema, partitionSchema, parts), written);
      return;
    }
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (appended(written)) {
        return;
      }
    }
    throw new IOException(
        store.name()
            + ": too many other jobs append to it at the same time; write to another directory");
  }

  /** Appends to the current manifest, so that the rows of concurrent jobs are kept. */
  private boolean appended(List<WrittenPart> written) throws IOException {
    List<Part> parts = new ArrayList<>();
    Optional<Manifest> before = Manifest.find(store);
    if (before.isPresent()) {
      if (!requireFit(schema, before.get()).equals(schema)) {
        throw new IOException(store.name() + ": was replaced by another job in the meantime");
      }
      parts.addAll(before.get().parts());
    }
    written.forEach(part -> parts.add(part.part()));
    Manifest after = Manifest.ofPartitioned(job, schema, partitionSchema, parts);
    return commit.commitAfter(before, after, written);
  }

  /** Deletes the files of this job and no others. */
  @Override
  public void abort(WriterCommitMessage[] messages) {
    if (commit == null) {
      return; // the job has not started
    }
    SparkErrors.whenWriting(
        store.name(),
        () -> {
          commit.abort();
          return null;
        });
  }
}
