package org.bamarrow.internal.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.io.ByteSources;

/** The record batches of a BAM, from an Arrow file to which it is converted; in memory. */
final class ConvertedBatches implements AutoCloseable {
  /** Not a multiple of 64. */
  private static final int ROWS = 150;

  private final BufferAllocator allocator = new RootAllocator();
  private final List<VectorSchemaRoot> batches = new ArrayList<>();
  private Schema schema;

  private ConvertedBatches() {}

  static ConvertedBatches of(DecodedBam bam, Path folder) throws IOException {
    return of(bam, folder, true);
  }

  /**
   * @param others false: without the column {@code other_tags}
   */
  static ConvertedBatches of(DecodedBam bam, Path folder, boolean others) throws IOException {
    ConvertOptions options = DecodedBam.options(bam.zeroBased(), bam.latin1());
    Path arrow = Files.createTempFile(folder, "batches", ".arrow");
    Files.delete(arrow);
    BamToArrow.convert(
        List.of(bam.file().toString()),
        arrow.toString(),
        options.withBatches(options.batches().withRows(ROWS)));
    ConvertedBatches converted = new ConvertedBatches();
    converted.read(arrow, others);
    return converted;
  }

  private void read(Path arrow, boolean others) throws IOException {
    try (IpcBatches file = IpcBatches.open(ByteSources.open(arrow.toString()))) {
      List<Field> fields =
          file.schema().getFields().stream()
              .filter(field -> others || !field.getName().equals("other_tags"))
              .toList();
      schema = new Schema(fields, file.schema().getCustomMetadata());
      file.selectFields(fields, 0, Long.MAX_VALUE, allocator);
      while (file.next()) {
        List<FieldVector> vectors = new ArrayList<>();
        for (FieldVector vector : file.root().getFieldVectors()) {
          TransferPair transfer = vector.getTransferPair(allocator);
          transfer.transfer();
          vectors.add((FieldVector) transfer.getTo());
        }
        batches.add(new VectorSchemaRoot(schema.getFields(), vectors, file.root().getRowCount()));
      }
    }
  }

  List<Field> fields() {
    return schema.getFields();
  }

  /** The rows, of all batches, for which a predicate is true. */
  BitSet rows(RawPredicate predicate) {
    VectorPredicate compiled = VectorPredicate.compile(predicate, schema.getFields());
    return rows(compiled.columns(), compiled::select);
  }

  /** The rows of all batches that pass a filter. */
  BitSet rows(BatchFilter filter) {
    return rows(
        filter.columns(), batch -> filter.select(batch.getFieldVectors(), batch.getRowCount()));
  }

  /**
   * The rows of all batches that are selected.
   *
   * @param columns the only columns of the batches that are selected from
   */
  BitSet rows(List<String> columns, Function<VectorSchemaRoot, RowSelection> select) {
    BitSet rows = new BitSet();
    int before = 0;
    for (VectorSchemaRoot all : batches) {
      List<FieldVector> needed = columns.stream().map(all::getVector).toList();
      VectorSchemaRoot batch = new VectorSchemaRoot(needed);
      batch.setRowCount(all.getRowCount());
      RowSelection selected = select.apply(batch);
      for (int row = selected.next(0); row >= 0; row = selected.next(row + 1)) {
        rows.set(before + row);
      }
      before += all.getRowCount();
    }
    return rows;
  }

  @Override
  public void close() {
    batches.forEach(VectorSchemaRoot::close);
    allocator.close();
  }
}
