package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.HeaderPool;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.read.DictionaryUnion;
import org.bamarrow.internal.read.OrderedTasks;
import org.bamarrow.parts.InputMetadata;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartStore;

/**
 * The schema of a directory of parts, whose parts describe their own inputs only, as that of one
 * file.
 */
public final class PartsSchema {
  /** Number of parts whose schemas are read concurrently. */
  private static final int AT_A_TIME = 8;

  private PartsSchema() {}

  /**
   * The schema of one file with the rows of all inputs.
   *
   * @param manifest of the directory
   * @throws IOException if a part cannot be read, or the headers are too large for one file
   */
  public static IpcSchema of(PartStore store, Manifest manifest) throws IOException {
    Schema whole = manifest.arrowSchema();
    InputMetadata inputs = InputMetadata.of(store, manifest);
    if (inputs.inputs() == 1) {
      return IpcSchema.of(whole);
    }
    List<String> names = manifest.inputs().stream().map(Manifest.Input::name).toList();
    HeaderPool pool = new HeaderPool();
    List<BamHeader> headers = new ArrayList<>();
    DictionaryUnion union = new DictionaryUnion();
    OrderedTasks.run(
        0,
        inputs.withParts(),
        AT_A_TIME,
        input -> pool.share(SchemaMetadata.headerOf(inputs.of(input))),
        header -> {
          union.add(names.get(headers.size()), header.references());
          headers.add(header);
        });
    return new IpcSchema(
        whole.getFields(),
        SchemaMetadata.ofWhole(
            SchemaMetadata.commonOf(inputs.shared()), names, headers, union.references()));
  }
}
