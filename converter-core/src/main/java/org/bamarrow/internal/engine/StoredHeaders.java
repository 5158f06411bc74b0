package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeader.Reference;

/** The headers in the metadata of a schema. */
public final class StoredHeaders {
  private StoredHeaders() {}

  /**
   * The headers of all inputs of a file, each with the references of its {@code @SQ} lines, or with
   * the union of all if it is the only one.
   *
   * @throws IOException if there is no header
   */
  public static List<BamHeader> of(Map<String, String> metadata) throws IOException {
    BamHeader first = SchemaMetadata.headerOf(metadata);
    if (!SchemaMetadata.has(metadata, ".1")) {
      return List.of(first);
    }
    List<BamHeader> headers = new ArrayList<>();
    for (int i = 0; i == 0 || SchemaMetadata.has(metadata, "." + i); i++) {
      BamHeader header =
          new BamHeader(SchemaMetadata.text(metadata, i == 0 ? "" : "." + i), List.of(), 0);
      List<Reference> own = header.sam().references();
      headers.add(new BamHeader(header.text(), own == null ? List.of() : own, 0));
    }
    return headers;
  }

  /** Whether the metadata have a header. */
  public static boolean isIn(Map<String, String> metadata) {
    return SchemaMetadata.has(metadata, "");
  }
}
