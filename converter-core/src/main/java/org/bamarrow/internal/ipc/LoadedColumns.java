package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The selected columns as they are stored, with the rows of one batch at a time. With a condition,
 * its columns are loaded first, and the others only if a row satisfies it. Not thread-safe.
 */
final class LoadedColumns implements AutoCloseable {
  private final List<Field> stored;
  private final List<Integer> columns;
  private final List<Field> parts;
  private final BufferAllocator allocator;
  private final Map<String, String> metadata;
  private final List<FieldVector> vectors = new ArrayList<>();
  private int rows;

  /** The same vectors; null until it is asked for. */
  private VectorSchemaRoot root;

  /** Indices in {@link #columns}: those of the condition, and the others. */
  private final List<Integer> first = new ArrayList<>();

  private final List<Integer> others = new ArrayList<>();
  private BatchCondition condition;

  /** The vectors of the condition. */
  private List<FieldVector> tested;

  /**
   * @param stored all columns of a batch, as they are stored
   * @param columns indices of the selected ones
   * @param parts the selected ones, whose structs may have fewer fields
   * @param allocator stays the caller's
   */
  LoadedColumns(
      List<Field> stored,
      List<Integer> columns,
      List<Field> parts,
      Map<String, String> metadata,
      BufferAllocator allocator) {
    this.stored = stored;
    this.columns = columns;
    this.parts = parts;
    this.allocator = allocator;
    this.metadata = metadata;
    for (int i = 0; i < columns.size(); i++) {
      vectors.add(parts.get(i).createVector(allocator));
      others.add(i);
    }
  }

  /** Always the same. */
  VectorSchemaRoot root() {
    if (root == null) {
      root = new VectorSchemaRoot(new Schema(parts, metadata), vectors, rows);
    }
    return root;
  }

  List<FieldVector> vectors() {
    return vectors;
  }

  /** Number of rows of the batch. */
  int rows() {
    return rows;
  }

  /**
   * Loads only batches with rows that satisfy a condition.
   *
   * @param names of the columns of the condition; without effect if one of them is not selected
   */
  void require(List<String> names, BatchCondition wanted) {
    List<Integer> needed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (names.contains(stored.get(columns.get(i)).getName())) {
        needed.add(i);
      }
    }
    if (!needed.isEmpty() && needed.size() == names.size()) {
      condition = wanted;
      tested = needed.stream().map(vectors::get).toList();
      first.addAll(needed);
      others.removeAll(needed);
    }
  }

  /**
   * Loads a batch.
   *
   * @param body 0-based offset of the body
   * @return false if no row satisfies the condition, and not all columns have been loaded
   */
  boolean load(IpcMessages messages, long body, BatchMetadata batch) throws IOException {
    if (condition != null) {
      load(first, messages, body, batch);
      tested.forEach(vector -> vector.setValueCount(batch.rows()));
      if (!condition.hasRow(tested, batch.rows())) {
        return false;
      }
    }
    load(others, messages, body, batch);
    rows = batch.rows();
    if (root == null) {
      vectors.forEach(vector -> vector.setValueCount(rows));
    } else {
      root.setRowCount(rows);
    }
    return true;
  }

  private void load(List<Integer> some, IpcMessages messages, long body, BatchMetadata batch)
      throws IOException {
    for (int i : some) {
      int column = columns.get(i);
      new BatchLoader(messages, body, batch, allocator)
          .load(column, stored.get(column), parts.get(i), vectors.get(i));
    }
  }

  /** Releases the memory of the rows. */
  void clear() {
    rows = 0;
    if (root == null) {
      vectors.forEach(FieldVector::clear);
    } else {
      root.clear();
    }
  }

  @Override
  public void close() {
    vectors.forEach(FieldVector::close);
  }
}
