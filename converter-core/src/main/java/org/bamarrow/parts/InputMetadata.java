package org.bamarrow.parts;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.bamarrow.internal.ipc.IpcBatches;

/**
 * The metadata of each input of a directory of parts, from the schema of its first part. Read on
 * demand, so that the headers of thousands of inputs are never in memory together. With one input,
 * the manifest has them. Thread-safe.
 */
public final class InputMetadata {
  private final PartStore store;
  private final Map<String, String> shared;
  private final Part[] first;

  private InputMetadata(PartStore store, Manifest manifest) throws IOException {
    this.store = store;
    this.shared = metadata(manifest.arrowSchema().getCustomMetadata());
    this.first = new Part[manifest.inputs().size()];
    for (Part part : manifest.parts()) {
      part.ranges().stream()
          .mapToInt(Part.Range::input)
          .filter(input -> first[input] == null)
          .forEach(input -> first[input] = part);
    }
  }

  /**
   * {@return the metadata of the inputs of a directory; rows that do not come from a BAM count as
   * one input}
   *
   * @param store directory of parts
   * @throws java.io.IOException if something cannot be read or written
   */
  public static InputMetadata of(PartStore store) throws IOException {
    return of(store, Manifest.read(store));
  }

  /**
   * {@return the same as {@link #of(PartStore)}, with a manifest that has been read}
   *
   * @param store directory of parts
   * @param manifest of the directory
   * @throws java.io.IOException if the schema in the manifest is broken
   */
  public static InputMetadata of(PartStore store, Manifest manifest) throws IOException {
    return new InputMetadata(store, manifest);
  }

  /** {@return the metadata of the manifest's schema, which hold for all inputs} */
  public Map<String, String> shared() {
    return shared;
  }

  /** {@return number of inputs} */
  public int inputs() {
    return Math.max(1, first.length);
  }

  /** {@return number of inputs, from the first, that have a part: those after a limit have none} */
  public int withParts() {
    return first.length < 2 ? 1 : (int) Arrays.stream(first).takeWhile(p -> p != null).count();
  }

  /**
   * {@return the metadata of one input, including those of all inputs}
   *
   * @param input 0-based, with a part
   * @throws IOException if its part cannot be read
   */
  public Map<String, String> of(int input) throws IOException {
    if (first.length < 2) {
      return shared;
    }
    try (IpcBatches part = IpcBatches.open(store.open(first[input].name()))) {
      return metadata(part.schema().getCustomMetadata());
    }
  }

  static Map<String, String> metadata(Map<String, String> mayBeNull) {
    return mayBeNull == null ? Map.of() : mayBeNull;
  }
}
