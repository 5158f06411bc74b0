package org.bamarrow.spark.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore;
import org.bamarrow.spark.options.SparkOptions;
import org.bamarrow.spark.serializer.SerializedSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowWriterTest {
  private static final StructType ROWS = new StructType().add("n", DataTypes.IntegerType);

  @TempDir Path folder;

  /** A directory in which no file can be created, for a reason that an option removes. */
  private PartStore full() {
    PartStore local = new LocalPartStore(folder.toString(), false);
    return new PartStore() {
      @Override
      public String name() {
        return local.name();
      }

      @Override
      public OutputStream create(String name) throws IOException {
        throw new WordedIOException(
            "part: refused", Remedy.of("use ", OptionKey.COMPRESSION.setTo("none")));
      }

      @Override
      public void publish(String name, byte[] content, boolean replace, Precondition precondition)
          throws IOException {
        local.publish(name, content, replace, precondition);
      }

      @Override
      public ByteSource open(String name) throws IOException {
        return local.open(name);
      }

      @Override
      public boolean exists(String name) throws IOException {
        return local.exists(name);
      }

      @Override
      public List<Entry> list() throws IOException {
        return local.list();
      }

      @Override
      public void delete(String name) throws IOException {
        local.delete(name);
      }
    };
  }

  private WritePlan plan(String... options) {
    return new WritePlan(
        ROWS,
        PartitionFolders.of(ROWS, List.of(), "UTC"),
        SerializedSchema.of(ArrowSchemas.of(ROWS, "UTC")),
        new SparkOptions(options.length == 0 ? Map.of() : Map.of(options[0], options[1])).convert(),
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        new PartNames(PartNames.newJob(), 1),
        0,
        folder.toString(),
        new SerializableConfiguration(new Configuration()));
  }

  private static InternalRow row(int n) {
    return new GenericInternalRow(new Object[] {n});
  }

  @Test
  void errorsOfWritingNameTheOptionAsSparkHasIt() throws IOException {
    String refused = "part: refused; use compression=none";
    RowWriter atBatch = new RowWriter(plan("batchRows", "1"), full(), 0, 1);
    atBatch.write(row(1));
    assertEquals(
        refused, assertThrows(IOException.class, () -> atBatch.write(row(2))).getMessage());
    atBatch.close();
    RowWriter atEnd = new RowWriter(plan(), full(), 0, 2);
    atEnd.write(row(1));
    assertEquals(refused, assertThrows(IOException.class, atEnd::commit).getMessage());
    atEnd.close();
  }
}
