package org.bamarrow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.ipc.Codecs;

/** An Arrow file or stream read whole; values as text, null as {@code null}. */
record ArrowTable(Schema schema, List<Integer> batches, List<List<String>> rows) {
  static ArrowTable file(Path path) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader =
            new ArrowFileReader(FileChannel.open(path), allocator, Codecs.FACTORY)) {
      return of(reader);
    }
  }

  static ArrowTable stream(InputStream in) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = new ArrowStreamReader(in, allocator, Codecs.FACTORY)) {
      return of(reader);
    }
  }

  private static ArrowTable of(ArrowReader reader) throws IOException {
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    ArrowTable table = new ArrowTable(root.getSchema(), new ArrayList<>(), new ArrayList<>());
    while (reader.loadNextBatch()) {
      table.batches.add(root.getRowCount());
      for (int row = 0; row < root.getRowCount(); row++) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < root.getFieldVectors().size(); i++) {
          values.add(String.valueOf(root.getVector(i).getObject(row)));
        }
        table.rows.add(values);
      }
    }
    return table;
  }

  List<String> names() {
    return schema.getFields().stream().map(Field::getName).toList();
  }

  List<String> column(String name) {
    int at = names().indexOf(name);
    return rows.stream().map(row -> row.get(at)).toList();
  }
}
