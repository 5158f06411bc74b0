package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;

/** {@link BatchFilters} on the batches of one schema, for one thread. */
public final class BatchFilter {
  private final VectorCompiler compiler = new VectorCompiler();
  private final Schema schema;
  private final List<VectorNode> nodes = new ArrayList<>();
  private final RowSelection rows = new RowSelection();

  BatchFilter(BatchFilters filters, Schema schema, boolean zeroBased, boolean latin1) {
    this.schema = schema;
    RecordFilters lists = filters.lists;
    RowOptions options = lists.rows;
    // in the order in which records are filtered, on which the matches of the lists depend
    for (Regions each : filters.regions) {
      nodes.add(new VectorRegions(each, compiler, zeroBased));
    }
    nodes.add(compiler.compile(BatchFilters.mapq(options), true));
    nodes.add(compiler.compile(BatchFilters.flags(options), true));
    if (lists.sample != null) {
      nodes.add(new VectorNames(compiler, latin1, lists.sample::keeps));
    }
    if (lists.readGroups != null) {
      VectorTag group = new VectorTag("RG", schema, compiler, latin1);
      nodes.add(
          new VectorTagFilters.ReadGroup(group, lists.readGroups, options.excludeReadGroups()));
    }
    if (lists.tag != null) {
      VectorTag tag = new VectorTag(options.tag(), schema, compiler, latin1);
      nodes.add(new VectorTagFilters.Tag(tag, lists.tag, lists.tagValues));
    }
    if (lists.names != null) {
      boolean exclude = options.excludeNames();
      nodes.add(
          new VectorNames(
              compiler,
              latin1,
              (data, from, to) -> lists.names.contains(data, from, to) != exclude));
    }
    List<String> missing = compiler.missingIn(schema);
    if (!missing.isEmpty()) {
      throw lacking(String.join(", ", missing));
    }
  }

  /** The error for data without the columns that the filters need. */
  static IllegalArgumentException lacking(String columns) {
    return new IllegalArgumentException(
        "the filters need "
            + columns
            + ", which these data do not have; convert the BAM with it, or filter the BAM");
  }

  /** The top-level columns of the schema that the filters need. A batch needs no others. */
  public List<String> columns() {
    return compiler.columnsOf(schema);
  }

  /**
   * The rows of a batch that pass all filters.
   *
   * @param batch with normalized types, as {@code IpcBatches} returns it
   * @return valid until the next call
   * @throws IllegalArgumentException if a column has a type that bamarrow does not write
   */
  public RowSelection select(VectorSchemaRoot batch) {
    compiler.bind(batch);
    rows.setAll(batch.getRowCount());
    for (int i = 0; i < nodes.size() && !rows.isEmpty(); i++) {
      nodes.get(i).retain(rows);
    }
    return rows;
  }
}
