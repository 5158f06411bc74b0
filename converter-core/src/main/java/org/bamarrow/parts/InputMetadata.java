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

  /**
   * @param shared metadata of the manifest's schema
   */
  InputMetadata(PartStore store, Manifest manifest, Map<String, String> shared) {
    this.store = store;
    this.shared = shared;
    this.first = new Part[manifest.inputs().size()];
    for (Part part : manifest.parts()) {
      part.ranges().stream()
          .mapToInt(Part.Range::input)
          .filter(input -> first[input] == null)
          .forEach(input -> first[input] = part);
    }
  }

  /** Of a directory; with one input for rows that come from no BAM. */
  public static InputMetadata of(PartStore store) throws IOException {
    Manifest manifest = Manifest.read(store);
    return new InputMetadata(store, manifest, metadata(manifest.arrowSchema().getCustomMetadata()));
  }

  /** How many inputs there are. */
  public int inputs() {
    return Math.max(1, first.length);
  }

  /** How many of them, from the first on, have a part: those behind a limit have none. */
  public int withParts() {
    return first.length < 2 ? 1 : (int) Arrays.stream(first).takeWhile(p -> p != null).count();
  }

  /**
   * The metadata of one input, those that all share among them.
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
