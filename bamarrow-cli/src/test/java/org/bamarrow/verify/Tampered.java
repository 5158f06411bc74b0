package org.bamarrow.verify;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Schema;

/** Copies of an Arrow file with one thing changed. */
final class Tampered {
  private static final int FROM_ROW = 30;

  private Tampered() {}

  /** Every column that a test can change; {@code quals}, {@code cigars}: their list forms. */
  static Stream<String> columns() {
    return Stream.concat(
        Stream.of(
            "qname",
            "flag",
            "rname",
            "pos",
            "end",
            "mapq",
            "cigar",
            "cigars",
            "rnext",
            "pnext",
            "tlen",
            "seq",
            "qual",
            "quals",
            "file",
            "read_group",
            "sample",
            "library",
            "other_tags"),
        OddBam.TYPED.stream().map(tag -> "tags." + tag.tag()));
  }

  /** Changes one byte of the first value past row 30 that has one; returns its 0-based row. */
  static int change(Path arrow, String column, Path target) throws IOException {
    return editing(arrow, column, target, Tampered::flipLowestBit);
  }

  /** Makes null the first value past row 30 that is not; returns its 0-based row. */
  static int setNull(Path arrow, String column, Path target) throws IOException {
    return editing(
        arrow,
        column,
        target,
        (vector, row) -> {
          if (!vector.isNull(row)) {
            BitVectorHelper.unsetBit(vector.getValidityBuffer(), row);
            return true;
          }
          return false;
        });
  }

  private interface Edit {
    boolean apply(FieldVector vector, int row);
  }

  private static boolean flipLowestBit(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return false;
    }
    if (vector instanceof BaseFixedWidthVector fixed) {
      flip(vector.getDataBuffer(), (long) row * fixed.getTypeWidth());
      return true;
    }
    if (vector instanceof VarCharVector text) {
      if (text.getValueLength(row) == 0) {
        return false;
      }
      flip(text.getDataBuffer(), text.getStartOffset(row) + text.getValueLength(row) - 1);
      return true;
    }
    ListVector list = (ListVector) vector;
    if (list.getElementStartIndex(row) == list.getElementEndIndex(row)) {
      return false;
    }
    FieldVector elements = list.getDataVector();
    int last = list.getElementEndIndex(row) - 1;
    return flipLowestBit(
        elements instanceof StructVector struct ? struct.getChildrenFromFields().get(1) : elements,
        last);
  }

  private static void flip(ArrowBuf data, long at) {
    data.setByte(at, data.getByte(at) ^ 1);
  }

  private static int editing(Path arrow, String column, Path target, Edit edit) throws IOException {
    int[] edited = {-1};
    copy(
        arrow,
        target,
        new HashMap<>(),
        (root, before) -> {
          String[] path = column.split("\\.");
          FieldVector vector = root.getVector(path[0]);
          if (path.length > 1) {
            vector = (FieldVector) ((StructVector) vector).getChild(path[1]);
          }
          for (int row = 0; row < root.getRowCount() && edited[0] < 0; row++) {
            if (before + row > FROM_ROW && edit.apply(vector, row)) {
              edited[0] = before + row;
            }
          }
        });
    if (edited[0] < 0) {
      throw new IllegalStateException("no value to change in " + column);
    }
    return edited[0];
  }

  static void metadata(Path arrow, Path target, String key, UnaryOperator<String> change)
      throws IOException {
    Map<String, UnaryOperator<String>> changes = new HashMap<>();
    changes.put(key, change);
    copy(arrow, target, changes, (root, before) -> {});
  }

  private interface Batch {
    void edit(VectorSchemaRoot root, int rowsBefore);
  }

  private static void copy(
      Path arrow, Path target, Map<String, UnaryOperator<String>> metadata, Batch batch)
      throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        ArrowFileReader reader = new ArrowFileReader(FileChannel.open(arrow), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      Map<String, String> changed = new HashMap<>(root.getSchema().getCustomMetadata());
      metadata.forEach((key, change) -> changed.computeIfPresent(key, (k, v) -> change.apply(v)));
      Schema schema = new Schema(root.getSchema().getFields(), changed);
      // Shares the vectors with the reader's root, which owns them.
      VectorSchemaRoot out = new VectorSchemaRoot(schema, root.getFieldVectors(), 0);
      try (ArrowFileWriter writer = new ArrowFileWriter(out, null, create(target))) {
        writer.start();
        int before = 0;
        while (reader.loadNextBatch()) {
          batch.edit(root, before);
          before += root.getRowCount();
          out.setRowCount(root.getRowCount());
          writer.writeBatch();
        }
        writer.end();
      }
    }
  }

  /** The same rows in another order or number; {@code edit} gets their 0-based numbers. */
  static void rows(Path arrow, Path target, Consumer<List<Integer>> edit) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        ArrowFileReader reader = new ArrowFileReader(FileChannel.open(arrow), allocator);
        VectorSchemaRoot out =
            VectorSchemaRoot.create(reader.getVectorSchemaRoot().getSchema(), allocator);
        ArrowFileWriter writer = new ArrowFileWriter(out, null, create(target))) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      List<Integer> wanted = new ArrayList<>();
      for (int i = 0; i < OddBam.RECORDS; i++) {
        wanted.add(i);
      }
      edit.accept(wanted);
      int before = 0;
      int[] at = new int[wanted.size()];
      out.allocateNew();
      // All rows go to one batch; a row's place is where its number stands in the list.
      while (reader.loadNextBatch()) {
        for (int to = 0; to < at.length; to++) {
          int from = wanted.get(to) - before;
          if (from >= 0 && from < root.getRowCount()) {
            at[to] = from + before;
          }
        }
        before += root.getRowCount();
      }
      for (int to = 0; to < at.length; to++) {
        copyRow(reader, at[to], out, to);
      }
      out.setRowCount(at.length);
      writer.start();
      writer.writeBatch();
      writer.end();
    }
  }

  private static void copyRow(ArrowFileReader reader, int row, VectorSchemaRoot out, int to)
      throws IOException {
    int before = 0;
    for (var block : reader.getRecordBlocks()) {
      reader.loadRecordBatch(block);
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      if (row < before + root.getRowCount()) {
        for (int i = 0; i < out.getFieldVectors().size(); i++) {
          out.getVector(i).copyFromSafe(row - before, to, root.getVector(i));
        }
        return;
      }
      before += root.getRowCount();
    }
    throw new IllegalStateException("no row " + row);
  }

  static void withoutColumn(Path arrow, String column, Path target) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        ArrowFileReader reader = new ArrowFileReader(FileChannel.open(arrow), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      List<FieldVector> vectors =
          root.getFieldVectors().stream().filter(v -> !v.getName().equals(column)).toList();
      Schema schema =
          new Schema(
              vectors.stream().map(FieldVector::getField).toList(),
              root.getSchema().getCustomMetadata());
      VectorSchemaRoot out = new VectorSchemaRoot(schema, vectors, 0);
      try (ArrowFileWriter writer = new ArrowFileWriter(out, null, create(target))) {
        writer.start();
        while (reader.loadNextBatch()) {
          out.setRowCount(root.getRowCount());
          writer.writeBatch();
        }
        writer.end();
      }
    }
  }

  private static FileChannel create(Path target) throws IOException {
    return FileChannel.open(
        target,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }
}
