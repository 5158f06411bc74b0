package org.bamarrow.spark.files;

import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.ipc.IpcBatches;

/**
 * A schema that files of a table have.
 *
 * @param name the first file or directory that has it
 * @param schema with normalized types, and only the metadata that decide what the values mean
 * @param files the number of files that have it
 */
public record FileSchema(String name, Schema schema, int files) {
  /** What positions mean: the only metadata that two files of a table must have in common. */
  private static final String COORDINATES = "bamarrow.coordinates";

  /** Null if it is not stated. */
  public String coordinates() {
    return schema.getCustomMetadata() == null ? null : schema.getCustomMetadata().get(COORDINATES);
  }

  /** The same for a further number of files. */
  FileSchema plus(int more) {
    return new FileSchema(name, schema, files + more);
  }

  /**
   * A schema without dictionaries, and without its metadata of the inputs, which can take megabytes
   * and differ between files.
   */
  static Schema bare(Schema schema) {
    String coordinates =
        schema.getCustomMetadata() == null ? null : schema.getCustomMetadata().get(COORDINATES);
    return new Schema(
        schema.getFields().stream().map(IpcBatches::normalized).toList(),
        coordinates == null ? Map.of() : Map.of(COORDINATES, coordinates));
  }
}
