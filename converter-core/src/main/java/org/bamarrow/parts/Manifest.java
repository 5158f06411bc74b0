package org.bamarrow.parts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.base.Version;
import org.bamarrow.io.ByteSource;

/**
 * The contents of a directory of parts. It is written last: a directory that has one is complete,
 * and files that it does not name do not belong to it. {@code docs/schema.md} describes it.
 *
 * @param version version of the manifest's format
 * @param writer the program and its version
 * @param job name of the job that wrote the parts
 * @param totals over all parts
 * @param parts in the order of the rows
 * @param inputs in the order of the rows; empty if the rows do not come from a BAM
 * @param options options of the conversion, as in the schema's metadata; null if there are none
 * @param schema the Arrow schema as an encapsulated IPC message in Base64
 * @param partitionSchema the schema of the partition columns, in the order of the folders in the
 *     names of the parts, as an encapsulated IPC message in Base64; null if there are none
 * @param batches the file {@value PartNames#BATCHES}; null if there is none, or nothing is known of
 *     it
 */
public record Manifest(
    int version,
    String writer,
    String job,
    Totals totals,
    List<Part> parts,
    List<Input> inputs,
    JsonNode options,
    String schema,
    @JsonInclude(JsonInclude.Include.NON_NULL) String partitionSchema,
    @JsonInclude(JsonInclude.Include.NON_NULL) Batches batches) {
  /** Name of the manifest in its directory, which is complete with it and only then. */
  public static final String NAME = "_manifest.json";

  static final int VERSION = 1;

  /** With partition columns, which a reader of version 1 would omit. */
  static final int PARTITIONED = 2;

  /** The remedy if the directory is not as it was written. */
  static final Remedy AGAIN =
      Remedy.of("convert again and replace what is there")
          .or(OptionKey.FORCE.setTo("true"), " replaces it");

  /** Maximum characters of what is known of the rows of all parts; others are written without. */
  static final int MAX_ZONES = 1 << 26;

  /**
   * Sums over the parts.
   *
   * @param rows rows of all parts
   * @param records records read for them
   * @param bytes lengths of the files
   */
  public record Totals(long rows, long records, long bytes) {}

  /**
   * A BAM from which the rows come.
   *
   * @param name as the user gave it
   * @param size in bytes
   * @param headerSha256 of the SAM header text
   * @param firstRecord virtual offset where its first range starts
   */
  public record Input(String name, long size, String headerSha256, long firstRecord) {}

  /**
   * The file {@value PartNames#BATCHES}.
   *
   * @param bytes its length
   * @param crc32 CRC-32 of the file, as of a part
   */
  public record Batches(long bytes, String crc32) {
    /**
     * {@return what is wrong with a file, as one sentence without a full stop; null if it is the
     * one that was written}
     *
     * @param source the file, which is read to its end; stays the caller's
     * @throws java.io.IOException if it cannot be read
     */
    public String problem(ByteSource source) throws IOException {
      return Checksum.problem(source, bytes, crc32);
    }
  }

  /**
   * Copies the lists.
   *
   * @param version version of the manifest's format
   * @param writer the program and its version
   * @param job name of the job that wrote the parts
   * @param totals over all parts
   * @param parts in the order of the rows
   * @param inputs in the order of the rows
   * @param options options of the conversion, as in the schema's metadata
   * @param schema the Arrow schema as an encapsulated IPC message in Base64
   * @param partitionSchema the schema of the partition columns; null if there are none
   * @param batches the file {@value PartNames#BATCHES}, or null
   */
  public Manifest {
    parts = parts == null ? List.of() : List.copyOf(parts);
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
    options = options == null || options.isNull() ? null : options;
  }

  /**
   * {@return the manifest of a finished job}
   *
   * @param job name of the job
   * @param schema schema of all parts, with the metadata that hold for every part
   * @param inputs the BAMs, in order
   * @param parts in the order of the rows
   * @throws java.io.IOException if something cannot be read or written
   */
  public static Manifest of(String job, Schema schema, List<Input> inputs, List<Part> parts)
      throws IOException {
    return of(job, schema, null, inputs, parts);
  }

  /**
   * {@return the manifest of a finished job whose parts are in folders by the values of partition
   * columns, which are not in the parts}
   *
   * @param job name of the job
   * @param schema schema of all parts
   * @param partitions the partition columns, in the order of the folders; without fields: none
   * @param parts in the order of the rows; named {@code column=value/part-...}
   * @throws java.io.IOException if something cannot be read or written
   */
  public static Manifest ofPartitioned(
      String job, Schema schema, Schema partitions, List<Part> parts) throws IOException {
    Schema columns = partitions.getFields().isEmpty() ? null : partitions;
    return of(job, schema, columns, List.of(), parts);
  }

  private static Manifest of(
      String job, Schema schema, Schema partitions, List<Input> inputs, List<Part> parts)
      throws IOException {
    String options =
        schema.getCustomMetadata() == null
            ? null
            : schema.getCustomMetadata().get("bamarrow.options");
    return new Manifest(
        partitions == null ? VERSION : PARTITIONED,
        "bamarrow " + Version.current(),
        job,
        new Totals(
            parts.stream().mapToLong(Part::rows).sum(),
            parts.stream().mapToLong(Part::records).sum(),
            parts.stream().mapToLong(Part::bytes).sum()),
        withinLimit(parts),
        inputs,
        options == null ? null : ManifestJson.JSON.readTree(options),
        SchemaMessage.toBase64(schema),
        partitions == null ? null : SchemaMessage.toBase64(partitions),
        null);
  }

  private static List<Part> withinLimit(List<Part> parts) {
    List<Part> limited = new ArrayList<>(parts.size());
    long zones = 0;
    for (Part part : parts) {
      zones += part.zone() == null ? 0 : part.zone().length();
      limited.add(zones <= MAX_ZONES ? part : part.withoutZone());
    }
    return limited;
  }

  /**
   * {@return the same with a file {@value PartNames#BATCHES}}
   *
   * @param file null for none
   */
  public Manifest withBatches(Batches file) {
    return new Manifest(
        version, writer, job, totals, parts, inputs, options, schema, partitionSchema, file);
  }

  /**
   * {@return the manifest of a directory, checked; empty if it has none}
   *
   * @param store directory of parts
   * @throws BrokenManifestException if it is inconsistent, or is not a file
   * @throws IOException if it cannot be read
   */
  public static Optional<Manifest> find(PartStore store) throws IOException {
    if (store.isFile(NAME)) {
      return Optional.of(ManifestJson.load(store));
    }
    if (store.exists(NAME)) {
      throw broken(store.name(), "it is a folder, a device or a link to nothing");
    }
    return Optional.empty();
  }

  /**
   * {@return the same as {@link #find}, where there has to be one}
   *
   * @param store directory of parts
   * @throws java.io.IOException if something cannot be read or written
   */
  public static Manifest read(PartStore store) throws IOException {
    return find(store)
        .orElseThrow(
            () ->
                new IOException(
                    store.name()
                        + ": has no "
                        + NAME
                        + ", so it is no directory of parts or not a complete one; convert again"));
  }

  static BrokenManifestException broken(String directory, String problem) {
    return new BrokenManifestException(directory, problem);
  }

  /**
   * Checks that nothing contradicts itself: names, sums, and that the ranges join without gap or
   * overlap from each input's first record to its end.
   *
   * @param directory for messages
   * @throws IOException where something does not fit
   */
  public void validate(String directory) throws IOException {
    String problem = new ManifestCheck(this).problem();
    if (problem != null) {
      throw broken(directory, problem);
    }
  }

  /** The limit on the rows; -1: none. */
  long limit() {
    return options == null ? -1 : options.path("rows").path("limit").asLong(-1);
  }

  /**
   * {@return the schema of all parts: their columns, and the metadata that hold for every part}
   *
   * @throws IOException if it is broken
   */
  public Schema arrowSchema() throws IOException {
    return SchemaMessage.fromBase64(schema);
  }

  /**
   * {@return the schema of the partition columns, in the order of the folders in the names of the
   * parts; without fields if there are none}
   *
   * @throws IOException if it is broken
   */
  public Schema arrowPartitionSchema() throws IOException {
    return partitionSchema == null
        ? new Schema(List.of())
        : SchemaMessage.fromBase64(partitionSchema);
  }

  /**
   * For readers that return the columns of the parts only.
   *
   * @param directory for the message
   * @throws IOException if there are partition columns, which such a reader would omit
   */
  public void requireNoPartitionColumns(String directory) throws IOException {
    if (partitionSchema != null) {
      throw new IOException(
          String.format(
              "%s: has partition columns (%s), whose values are in the names of its folders and not"
                  + " in the parts; read it with Spark or another reader of such folders, or name"
                  + " single parts",
              directory,
              arrowPartitionSchema().getFields().stream()
                  .map(Field::getName)
                  .collect(Collectors.joining(", "))));
    }
  }

  /**
   * {@return the bytes of the file {@value #NAME}}
   *
   * @throws java.io.IOException if the manifest cannot be written as JSON
   */
  public byte[] toJson() throws IOException {
    return ManifestJson.JSON.writeValueAsBytes(this);
  }
}
