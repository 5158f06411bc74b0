package org.bamarrow.spark.schema;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.engine.SchemaMetadata;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.io.ByteSource;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.files.TableFiles;

/** The reference names of a table, as far as the first file tells. */
public final class ReferenceNames {
  private ReferenceNames() {}

  /**
   * The names in the header of the first file, in its order; empty if there is none.
   *
   * @throws IOException if the file cannot be read
   */
  public static Optional<Set<String>> ofFirstFile(TableFiles files) throws IOException {
    if (files.files().isEmpty()) {
      return Optional.empty();
    }
    BamFile first = files.files().get(0);
    ByteSource source = Sources.open(first, files.settings());
    return files.holdsArrow() ? ofArrow(source) : Optional.of(ofBam(source));
  }

  private static Set<String> ofBam(ByteSource source) throws IOException {
    try (BlockInflater inflater = InflaterKind.JDK.open();
        BamInput input = BamInput.open(source, 0, inflater)) {
      return names(input.header());
    }
  }

  private static Optional<Set<String>> ofArrow(ByteSource source) throws IOException {
    try (IpcBatches batches = IpcBatches.open(source)) {
      Map<String, String> metadata = batches.schema().getCustomMetadata();
      return metadata == null || !SchemaMetadata.hasHeader(metadata)
          ? Optional.empty()
          : Optional.of(names(SchemaMetadata.headerOf(metadata)));
    }
  }

  private static Set<String> names(BamHeader header) {
    Set<String> names = new LinkedHashSet<>();
    header.references().forEach(reference -> names.add(reference.name()));
    return names;
  }
}
