package org.bamarrow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.bamarrow.errors.Printable;

/** The first rows of an Arrow file as a small table. */
final class FirstRows {
  private static final int WIDTH = 16;

  private FirstRows() {}

  /**
   * Prints columns side by side, each at most {@value #WIDTH} characters wide; longer values are
   * truncated.
   */
  static void print(Path arrow, int most, PrintWriter out) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader = new ArrowFileReader(FileChannel.open(arrow), allocator)) {
      if (!reader.loadNextBatch()) {
        out.println("(none)");
        return;
      }
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      List<List<String>> columns = new ArrayList<>();
      for (FieldVector vector : root.getFieldVectors()) {
        List<String> column = new ArrayList<>(List.of(vector.getName()));
        for (int row = 0; row < Math.min(most, root.getRowCount()); row++) {
          column.add(Printable.line(String.valueOf(vector.getObject(row)), WIDTH));
        }
        columns.add(column);
      }
      print(columns, out);
    }
  }

  private static void print(List<List<String>> columns, PrintWriter out) {
    for (int row = 0; row < columns.get(0).size(); row++) {
      StringBuilder line = new StringBuilder();
      for (List<String> column : columns) {
        int width = column.stream().mapToInt(String::length).max().orElse(0);
        line.append(padded(column.get(row), Math.min(width, WIDTH))).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String padded(String value, int width) {
    String shown = Printable.line(value, width);
    return shown + " ".repeat(width - shown.length());
  }
}
