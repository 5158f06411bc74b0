package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.engine.SchemaMetadata;
import org.bamarrow.internal.engine.StoredRows;
import org.bamarrow.internal.filter.BatchFilter;
import org.bamarrow.internal.filter.BatchFilters;
import org.bamarrow.internal.filter.BedReferences;
import org.bamarrow.internal.filter.RegionParser;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.parts.InputMetadata;
import org.bamarrow.parts.LocalPartStore;

/** The filters and regions of a command on Arrow data. */
public final class ArrowFilters {
  private final RowOptions rows;
  private final BatchFilters filters;
  private final List<Regions> places;

  /**
   * Resolves the regions.
   *
   * @param inputs Arrow files, streams or directories of parts, which tell the references
   * @throws IOException if there are regions, and the references of an input are not known
   */
  public ArrowFilters(
      List<Path> inputs, RowOptions rows, RegionOptions regions, Consumer<String> warnings)
      throws IOException {
    this.rows = rows;
    List<Regions> resolved = List.of();
    if (regions.filters()) {
      Set<Reference> references = new LinkedHashSet<>();
      for (Path input : inputs) {
        addReferences(input, references);
      }
      BedReferences bed = BedReferences.of(regions, List.copyOf(references));
      if (bed != null) {
        bed.warnings().forEach(warnings);
      }
      resolved = RegionParser.resolve(regions, List.copyOf(references));
    }
    places = resolved;
    filters = new BatchFilters(rows, places);
  }

  private static void addReferences(Path input, Set<Reference> references) throws IOException {
    for (Map<String, String> metadata : metadata(input)) {
      try {
        List<Reference> listed = SchemaMetadata.referencesOf(metadata);
        references.addAll(listed == null ? SchemaMetadata.headerOf(metadata).references() : listed);
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException(
            input + ": its references, which regions need, are not known: " + e.getMessage(), e);
      }
    }
  }

  private static List<Map<String, String>> metadata(Path input) throws IOException {
    if (!Files.isDirectory(input)) {
      try (IpcBatches file = IpcBatches.open(new FileByteSource(input.toString(), input))) {
        return List.of(file.ipcSchema().metadata());
      }
    }
    InputMetadata inputs = InputMetadata.of(new LocalPartStore(input.toString(), false));
    if (SchemaMetadata.referencesOf(inputs.shared()) != null) {
      return List.of(inputs.shared()); // no part has to be opened for them
    }
    List<Map<String, String>> all = new ArrayList<>();
    for (int i = 0; i < inputs.withParts(); i++) {
      all.add(inputs.of(i));
    }
    return all;
  }

  /**
   * The filter for batches with these columns.
   *
   * @param name of the input, for errors
   * @throws IllegalArgumentException if the filters need a column that the schema lacks
   */
  public BatchFilter on(String name, IpcSchema schema) throws IOException {
    try {
      StoredRows stored = StoredRows.of(schema.metadata());
      BamHeader header =
          rows.expressions().isEmpty() || !SchemaMetadata.hasHeader(schema.metadata())
              ? null
              : RowHeader.of(schema.metadata(), filters);
      return filters.on(
          schema.fields(), stored.zeroBased(), stored.latin1(), header, stored.typedTags());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(name + ": invalid schema metadata: " + e.getMessage(), e);
    }
  }

  /**
   * Leaves out the batches of a file of which no row can pass, by its zone map; called before a
   * selection.
   */
  public void leaveOut(IpcBatches file) throws IOException {
    file.zones().leaveOut(predicate(file));
  }

  /** A condition on the zones of a file that is true for every row that passes. */
  public ZonePredicate predicate(IpcBatches file) throws IOException {
    return predicate(file.ipcSchema(), file.zones().columns());
  }

  /**
   * As {@link #predicate(IpcBatches)}, for all files of a schema.
   *
   * @param columns those of the zones
   */
  ZonePredicate predicate(IpcSchema schema, ZoneColumns columns) throws IOException {
    boolean zeroBased = StoredRows.of(schema.metadata()).zeroBased();
    boolean converted = StoredRows.areConverted(schema.metadata());
    return new ZonePredicate(filters.predicate(schema.fields(), zeroBased, converted), columns);
  }

  /** Whether that condition is true for no other row. */
  public boolean isPredicate() {
    return filters.isPredicate();
  }

  /** The regions, of all of which a row must overlap one position. */
  List<Regions> places() {
    return places;
  }

  /** How many entries of the lists were found, for {@link FilterNotes}. */
  public Map<String, ListMatch> matches() {
    return filters.matches();
  }
}
