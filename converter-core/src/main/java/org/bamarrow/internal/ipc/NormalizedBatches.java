package org.bamarrow.internal.ipc;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;

/**
 * A loaded batch as rows of plain types, in pieces that hold a bounded number of bytes: a
 * dictionary of one long text and a million indices is small in a file only. Owns the plain
 * vectors.
 */
final class NormalizedBatches implements Closeable {
  private static final int MOST_ROWS = 1 << 16;

  /** Of the columns that are copied. */
  private static final long MOST_BYTES = 1L << 26;

  /** A row is not divided; what is past this does not fit the offsets of 32 bits either. */
  private static final long MOST_ROW_BYTES = 1L << 30;

  /** A value that has no place in its plain type. */
  static final class NoPlace extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoPlace(String column, int row, String problem, Throwable cause) {
      super(String.format("row %d, column %s: %s", row, column, problem), cause);
    }
  }

  private final List<Field> fields;
  private final VectorSchemaRoot loaded;
  private final VectorSchemaRoot root;

  /** Null where a column is plain as it is. */
  private final List<ValueCopier> copies = new ArrayList<>();

  private int from;
  private int rows;

  /**
   * @param fields of the schema, in the order of {@code loaded}
   * @param loaded stays the caller's
   */
  NormalizedBatches(
      List<Field> fields,
      VectorSchemaRoot loaded,
      Map<String, String> metadata,
      Dictionaries dictionaries,
      BufferAllocator allocator) {
    this.fields = fields;
    this.loaded = loaded;
    Schema plain = new Schema(fields.stream().map(NormalizedFields::of).toList(), metadata);
    this.root = VectorSchemaRoot.create(plain, allocator);
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      copies.add(
          NormalizedFields.isPlain(field)
              ? null
              : ValueCopier.of(field, loaded.getVector(i), root.getVector(i), dictionaries));
    }
  }

  VectorSchemaRoot root() {
    return root;
  }

  /** Begins with what has been loaded. */
  void start() {
    from = 0;
    rows = loaded.getRowCount();
  }

  /**
   * The next piece of the batch.
   *
   * @return false behind its end
   * @throws NoPlace if a value has none
   */
  boolean next() {
    if (from == rows) {
      return false;
    }
    int count = fit();
    for (int i = 0; i < fields.size(); i++) {
      FieldVector target = root.getVector(i);
      if (copies.get(i) == null) {
        TransferPair transfer = loaded.getVector(i).makeTransferPair(target);
        transfer.splitAndTransfer(from, count);
      } else {
        copy(i, target, count);
      }
    }
    root.setRowCount(count);
    from += count;
    return true;
  }

  private void copy(int column, FieldVector target, int count) {
    ValueCopier copy = copies.get(column);
    target.clear();
    target.allocateNew();
    for (int row = 0; row < count; row++) {
      try {
        copy.copy(from + row, row);
      } catch (ArithmeticException e) {
        throw new NoPlace(fields.get(column).getName(), from + row, e.getMessage(), e);
      }
    }
    target.setValueCount(count);
  }

  /** Rows of the next piece, at least one. */
  private int fit() {
    long bytes = 0;
    int count = 0;
    int most = Math.min(MOST_ROWS, rows - from);
    for (; count < most && bytes < MOST_BYTES; count++) {
      long row = 0;
      for (int i = 0; i < copies.size(); i++) {
        if (copies.get(i) != null) {
          row += copies.get(i).bytes(from + count);
        }
      }
      if (row > MOST_ROW_BYTES) {
        throw new NoPlace(
            fields.get(0).getName(), from + count, "the row takes more than 1 GiB", null);
      }
      if (count > 0 && bytes + row > MOST_BYTES) {
        break;
      }
      bytes += row;
    }
    return count;
  }

  @Override
  public void close() {
    root.close();
  }
}
