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
 * Converts a loaded batch to normalized types, in parts of bounded size: a dictionary of one long
 * text with a million indices is small only while it is encoded. Owns the normalized vectors.
 */
final class NormalizedBatches implements Closeable {
  private static final int MAX_ROWS = 1 << 16;

  /** Maximum bytes per part, of the columns that are copied. */
  private static final long MAX_BYTES = 1L << 26;

  /** Maximum bytes of a row, which is not divided and must fit 32-bit offsets. */
  private static final long MAX_ROW_BYTES = 1L << 30;

  /** Thrown for a value that is out of range of its normalized type. */
  static final class ConversionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConversionException(String column, int row, String problem, Throwable cause) {
      super(String.format("row %d, column %s: %s", row, column, problem), cause);
    }
  }

  private final List<Field> fields;
  private final VectorSchemaRoot loaded;
  private final VectorSchemaRoot root;

  /** By column; null if the column needs no conversion. */
  private final List<ValueCopier> copies = new ArrayList<>();

  private int from;
  private int rows;

  /**
   * @param fields the fields of the schema, in the order of {@code loaded}
   * @param loaded owned by the caller
   */
  NormalizedBatches(
      List<Field> fields,
      VectorSchemaRoot loaded,
      Map<String, String> metadata,
      Dictionaries dictionaries,
      BufferAllocator allocator) {
    this.fields = fields;
    this.loaded = loaded;
    Schema normalized = new Schema(fields.stream().map(NormalizedFields::of).toList(), metadata);
    this.root = VectorSchemaRoot.create(normalized, allocator);
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      copies.add(
          NormalizedFields.isNormalized(field)
              ? null
              : ValueCopier.of(field, loaded.getVector(i), root.getVector(i), dictionaries));
    }
  }

  VectorSchemaRoot root() {
    return root;
  }

  /** Starts with the first row of the loaded batch. */
  void start() {
    from = 0;
    rows = loaded.getRowCount();
  }

  /**
   * Converts the next part of the batch.
   *
   * @return false after its end
   * @throws ConversionException if a value is out of range of its normalized type
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
        throw new ConversionException(fields.get(column).getName(), from + row, e.getMessage(), e);
      }
    }
    target.setValueCount(count);
  }

  /** Number of rows of the next part, at least one. */
  private int fit() {
    long bytes = 0;
    int count = 0;
    int most = Math.min(MAX_ROWS, rows - from);
    for (; count < most && bytes < MAX_BYTES; count++) {
      long row = 0;
      for (int i = 0; i < copies.size(); i++) {
        if (copies.get(i) != null) {
          row += copies.get(i).bytes(from + count);
        }
      }
      if (row > MAX_ROW_BYTES) {
        throw new ConversionException(
            fields.get(0).getName(), from + count, "the row takes more than 1 GiB", null);
      }
      if (count > 0 && bytes + row > MAX_BYTES) {
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
