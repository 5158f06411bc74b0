package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.BamHeader;

/** {@link BatchFilters} on the batches of one schema, for one thread. */
public final class BatchFilter {
  private final VectorCompiler compiler = new VectorCompiler();
  private final List<Field> fields;
  private final List<VectorNode> nodes = new ArrayList<>();
  private final List<String> names = new ArrayList<>(); // of the nodes

  /** By node. */
  private final long[] removed;

  private final RowSelection rows = new RowSelection();

  BatchFilter(
      BatchFilters filters,
      List<Field> fields,
      boolean zeroBased,
      boolean latin1,
      BamHeader header,
      Set<String> typedTags) {
    this.fields = fields;
    RecordFilters lists = filters.lists;
    RowOptions options = lists.rows;
    // in the order in which records are filtered, on which the matches of the lists depend
    for (Regions each : filters.regions) {
      add("regions", new VectorRegions(each, compiler, zeroBased));
    }
    if (!options.expressions().isEmpty()) {
      List<String> texts = options.expressions();
      add(
          "expressions",
          new VectorExpressions(texts, fields, compiler, zeroBased, latin1, header, typedTags));
    }
    add("minMapq", BatchFilters.mapq(options));
    add("requireFlags", BatchFilters.requiredFlags(options));
    add("excludeFlags", BatchFilters.excludedFlags(options));
    add("excludeAllFlags", BatchFilters.notAllFlags(options));
    if (lists.sample != null) {
      add("fraction", new VectorNames(compiler, latin1, lists.sample::keeps));
    }
    if (lists.readGroups != null) {
      VectorTag group = new VectorTag("RG", fields, compiler, latin1, typedTags);
      add(
          "readGroups",
          new VectorTagFilters.ReadGroup(group, lists.readGroups, options.excludeReadGroups()));
    }
    if (lists.tag != null) {
      VectorTag tag = new VectorTag(options.tag(), fields, compiler, latin1, typedTags);
      add("tag", new VectorTagFilters.Tag(tag, lists.tag, lists.tagValues));
    }
    if (lists.names != null) {
      boolean exclude = options.excludeNames();
      add(
          "names",
          new VectorNames(
              compiler,
              latin1,
              (data, from, to) -> lists.names.contains(data, from, to) != exclude));
    }
    removed = new long[nodes.size()];
    List<String> missing = compiler.missingIn(fields);
    if (!missing.isEmpty()) {
      throw lacking(String.join(", ", missing));
    }
  }

  private void add(String name, RawPredicate predicate) {
    if (predicate != RawPredicate.TRUE) {
      add(name, compiler.compile(predicate, true));
    }
  }

  private void add(String name, VectorNode node) {
    names.add(name);
    nodes.add(node);
  }

  /**
   * Adds how many rows each filter removed since the last call, in the order in which they are
   * tested, by the names of {@code ConvertReport.removed}. A row counts for the first filter that
   * it does not pass.
   */
  public void takeRemoved(Map<String, Long> counts) {
    for (int i = 0; i < removed.length; i++) {
      counts.merge(names.get(i), removed[i], Long::sum);
      removed[i] = 0;
    }
  }

  /** The error for data without the columns that the filters need. */
  static IllegalArgumentException lacking(String columns) {
    return new IllegalArgumentException(
        "the filters need "
            + columns
            + ", which these data do not have; convert the BAM with it, or filter the BAM");
  }

  /** The top-level columns that the filters need. A batch needs no others. */
  public List<String> columns() {
    return compiler.columnsOf(fields);
  }

  /**
   * The rows of a batch that pass all filters.
   *
   * @param batch vectors of normalized types, as {@code IpcBatches} returns them
   * @param count number of rows of the batch
   * @return valid until the next call
   * @throws IllegalArgumentException if a column has a type that bamarrow does not write
   */
  public RowSelection select(List<FieldVector> batch, int count) {
    compiler.bind(batch);
    int left = count;
    rows.setAll(left);
    for (int i = 0; i < removed.length && left > 0; i++) {
      nodes.get(i).retain(rows);
      int kept = rows.size();
      removed[i] += left - kept;
      left = kept;
    }
    return rows;
  }
}
