package org.bamarrow.internal.filter;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A predicate on record batches with the columns of the schema ({@code docs/schema.md}), with the
 * same outcomes as {@link RawPredicates} on the records from which they were converted. Values are
 * compared as they are stored: {@link RawField#zeroBased} must be that of the batches. A column
 * that the batches lack is null in every row, and so is a field of {@code tags}. Allocates nothing
 * per row; for one thread.
 */
public final class VectorPredicate {
  private final VectorCompiler compiler = new VectorCompiler();
  private final VectorNode root;
  private final List<Field> fields;
  private final RowSelection rows = new RowSelection();

  private VectorPredicate(RawPredicate predicate, List<Field> fields) {
    this.root = compiler.compile(predicate, true);
    this.fields = fields;
  }

  /**
   * Compiles a predicate.
   *
   * @param fields columns of the batches, as written or with normalized types
   */
  public static VectorPredicate compile(RawPredicate predicate, List<Field> fields) {
    return new VectorPredicate(predicate, fields);
  }

  /**
   * The top-level columns that the predicate needs, each once: {@code tags} for any tag. A batch
   * needs no others. Empty if the outcome does not depend on the rows.
   */
  public List<String> columns() {
    return compiler.columnsOf(fields);
  }

  /** The columns that the predicate needs, in batches of any schema; a tag as {@code tags.NM}. */
  public List<String> fields() {
    return compiler.fields();
  }

  /**
   * The rows of a batch for which the predicate is true: neither false nor unknown.
   *
   * @param batch with normalized types, as {@code IpcBatches} returns it
   * @return valid until the next call
   * @throws IllegalArgumentException if a column has a type that its conditions do not apply to
   */
  public RowSelection select(VectorSchemaRoot batch) {
    return select(batch.getFieldVectors(), batch.getRowCount());
  }

  /**
   * As {@link #select(VectorSchemaRoot)}.
   *
   * @param count number of rows of the batch
   */
  public RowSelection select(List<FieldVector> batch, int count) {
    compiler.bind(batch);
    rows.setAll(count);
    root.retain(rows);
    return rows;
  }
}
