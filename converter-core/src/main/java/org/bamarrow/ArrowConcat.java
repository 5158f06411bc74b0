package org.bamarrow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;
import org.bamarrow.internal.ipc.IpcInput;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.OutputTarget;
import org.bamarrow.internal.ipc.StreamOutput;
import org.bamarrow.internal.parts.PartsConcat;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartStore;

/**
 * Concatenates Arrow IPC files and streams: the record batches are copied as they are, compressed
 * or not, without decoding.
 */
public final class ArrowConcat {
  /** Keys of schema metadata in which inputs may differ; the values of the first input are kept. */
  public static final Set<String> MAY_DIFFER = Set.of("bamarrow.version");

  /**
   * The result of a concatenation.
   *
   * @param rows number of rows of all inputs
   * @param batches number of record batches of all inputs
   * @param bytes size of the output in bytes
   */
  public record Result(long rows, long batches, long bytes) {}

  private ArrowConcat() {}

  /**
   * Concatenates the inputs.
   *
   * @param inputs regular files, at least one, in the order of the rows; or one directory of parts
   * @param target a file, which appears only when it is complete, or {@code -} for standard output
   * @param options output options; compression is ignored, since batches are copied as they are
   * @return the counts of the output
   * @throws IOException if an input is truncated or invalid, or its schema differs from the first
   */
  public static Result concat(List<Path> inputs, String target, OutputOptions options)
      throws IOException {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("no input given; specify at least one Arrow file");
    }
    List<String> names = inputs.stream().map(Path::toString).toList();
    if (inputs.stream().anyMatch(Files::isDirectory)) {
      return concatParts(inputs, target, options);
    }
    try (OutputTarget place = OutputTarget.open(target, options, names)) {
      Schema schema = requireOneSchema(inputs);
      IpcOutput output = place.output(1);
      output.keepZones(new ZoneMap(ZoneColumns.of(schema.getFields(), true)));
      output.start(() -> IpcSchema.of(schema));
      for (Path input : inputs) {
        try (IpcInput part = IpcInput.open(input)) {
          part.appendTo(output);
        }
      }
      output.finish();
      place.commit();
      return new Result(output.rows(), output.batches(), output.bytes());
    }
  }

  /**
   * Concatenates the parts of one directory; their schemas differ, since each part describes its
   * own input.
   */
  private static Result concatParts(List<Path> inputs, String target, OutputOptions options)
      throws IOException {
    if (inputs.size() > 1) {
      throw new IllegalArgumentException("a directory of parts must be the only input");
    }
    PartStore parts = new LocalPartStore(inputs.get(0).toString(), false);
    try (OutputTarget place = OutputTarget.open(target, options, List.of())) {
      IpcOutput output = place.output(1);
      PartsConcat.concat(parts, output);
      place.commit();
      return new Result(output.rows(), output.batches(), output.bytes());
    }
  }

  /**
   * Concatenates the parts of a directory on any storage to one Arrow IPC file. The checksum of
   * every part is compared.
   *
   * @param parts a complete directory of parts
   * @param out owned by the caller; its content is complete only if this method returns
   * @param writeBytes maximum bytes of one write
   * @return the counts of the output
   * @throws IOException if there is no manifest, or a part is not the one that was written
   */
  public static Result concatParts(PartStore parts, OutputStream out, int writeBytes)
      throws IOException {
    IpcOutput output = new StreamOutput(Channels.newChannel(out), writeBytes, Format.FILE);
    PartsConcat.concat(parts, output);
    return new Result(output.rows(), output.batches(), output.bytes());
  }

  /** Checks all inputs before anything is written. */
  private static Schema requireOneSchema(List<Path> inputs) throws IOException {
    Schema first = null;
    for (Path input : inputs) {
      try (IpcInput part = IpcInput.open(input)) {
        first = first == null ? part.schema() : first;
        requireSame(first, part.schema(), inputs.get(0) + " and " + input);
      }
    }
    return first;
  }

  private static void requireSame(Schema first, Schema other, String names) throws IOException {
    String refused = names + " cannot be concatenated: ";
    if (!first.getFields().equals(other.getFields())) {
      throw new WordedIOException(
          refused + "their columns differ",
          Remedy.of("convert both with the same options for columns and tags"));
    }
    Map<String, String> one = metadata(first);
    Map<String, String> two = metadata(other);
    Set<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(two.keySet());
    keys.removeIf(key -> Objects.equals(one.get(key), two.get(key)));
    if (!keys.isEmpty()) {
      throw new WordedIOException(
          refused + "their schema metadata differ in " + String.join(", ", keys),
          Remedy.of("the metadata of one file would not be valid for the rows of the other"));
    }
  }

  private static Map<String, String> metadata(Schema schema) {
    Map<String, String> metadata = new HashMap<>();
    if (schema.getCustomMetadata() != null) {
      metadata.putAll(schema.getCustomMetadata());
    }
    metadata.keySet().removeAll(MAY_DIFFER);
    return metadata;
  }
}
