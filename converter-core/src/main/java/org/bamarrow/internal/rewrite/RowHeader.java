package org.bamarrow.internal.rewrite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.ReadGroups;
import org.bamarrow.internal.engine.SchemaMetadata;
import org.bamarrow.internal.engine.StoredHeaders;
import org.bamarrow.internal.filter.BatchFilters;

/** The references and read groups of rows, for filter expressions. */
final class RowHeader {
  private RowHeader() {}

  /**
   * One header for the rows of all inputs of a file, since rows do not tell their input: the lines
   * of all headers, and the union of the references.
   *
   * @param metadata with a header
   * @throws IllegalArgumentException if the filters need what differs between the inputs
   */
  static BamHeader of(Map<String, String> metadata, BatchFilters filters) throws IOException {
    BamHeader first = SchemaMetadata.headerOf(metadata);
    List<BamHeader> all =
        StoredHeaders.of(metadata).stream().map(StoredHeaders.Input::header).toList();
    if (all.size() == 1) {
      return first;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (BamHeader header : all) {
      text.writeBytes(header.text());
      text.write('\n');
    }
    BamHeader union = new BamHeader(text.toByteArray(), first.references(), 0);
    for (BamHeader header : all) {
      if (filters.usesReferenceIds() && !header.references().equals(union.references())) {
        throw differ("refid and mrefid", "references");
      }
      if (filters.usesLibrary() && !sameLibraries(header, union)) {
        throw differ("library", "libraries of a read group");
      }
    }
    return union;
  }

  private static boolean sameLibraries(BamHeader one, BamHeader union) {
    Map<String, byte[]> libraries = ReadGroups.fields(one, "LB");
    Map<String, byte[]> ofAll = ReadGroups.fields(union, "LB");
    return ReadGroups.fields(one, "ID").keySet().stream()
        .allMatch(id -> Arrays.equals(libraries.get(id), ofAll.get(id)));
  }

  private static IllegalArgumentException differ(String variable, String what) {
    return new IllegalArgumentException(
        "the filters need "
            + variable
            + ", and the inputs of these data have different "
            + what
            + "; filter the BAMs");
  }
}
