package org.bamarrow.internal.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.ArrowToArrow;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ArrowReport;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.HandMadeIpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversions with several threads of data with dictionaries, of which each loads a copy. */
class RewriteDictionariesTest {
  private static final int VALUES = 200;
  private static final int BATCHES = 40;
  private static final int THREADS = 8;

  @TempDir private Path folder;

  /** The last dictionary before the batches is large; files have one only. */
  private Path made(boolean file) throws IOException {
    DictionaryEncoding coding = new DictionaryEncoding(1, false, new ArrowType.Int(32, true));
    FieldType type = new FieldType(true, ArrowType.Utf8.INSTANCE, coding);
    Schema schema = new Schema(List.of(new Field("c", type, null)));
    HandMadeIpc data = new HandMadeIpc(schema, file);
    try (RootAllocator allocator = new RootAllocator();
        VarCharVector values = new VarCharVector("c", allocator);
        IntVector ids = new IntVector("c", allocator)) {
      for (int row = 0; row < 10; row++) {
        ids.setSafe(row, row * 7 % VALUES);
      }
      ids.setValueCount(10);
      for (int size : file ? new int[] {20_000} : new int[] {10, 20_000}) {
        for (int i = 0; i < VALUES; i++) {
          values.setSafe(i, new byte[size]);
        }
        values.setValueCount(VALUES);
        data.dictionary(1, false, values);
        for (int i = 0; i < BATCHES; i++) {
          data.batch(ids);
        }
      }
    }
    return Files.write(folder.resolve(file ? "in.arrow" : "in.arrows"), data.bytes());
  }

  private ArrowReport convert(Path from, Path to, long memory) throws IOException {
    MachineOptions machine = MachineOptions.defaults().withThreads(THREADS).withMemoryBytes(memory);
    return ArrowToArrow.convert(
        from, to.toString(), ArrowOptions.defaults().withMachine(machine), Progress.NONE);
  }

  @Test
  void fewerThreadsLoadDictionariesThatNeedMuchMemory() throws IOException {
    for (boolean file : new boolean[] {true, false}) {
      Path from = made(file);
      Path little = folder.resolve("little" + file);
      Path much = folder.resolve("much" + file);
      ArrowReport done = convert(from, little, 1 << 20);
      int copies = file ? 1 : 2; // the worker that came upon the larger one, and the first
      assertTrue(done.bytesIn() < copies * 1.2 * Files.size(from), done.toString());
      assertEquals((file ? 1 : 2) * BATCHES * 10, done.rows());
      convert(from, much, 1L << 30);
      assertEquals(-1, Files.mismatch(little, much));
    }
  }
}
