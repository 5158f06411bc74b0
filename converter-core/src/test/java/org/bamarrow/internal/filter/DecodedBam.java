package org.bamarrow.internal.filter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.Text;
import org.bamarrow.BamArrowReader;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeaderReader;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;

/**
 * A BAM twice: its records' bytes, and the rows that the reader decodes from them, by column; a tag
 * is a column {@code tags.XX}.
 */
public record DecodedBam(
    Path file,
    ArraySlice slice,
    List<Map<String, Object>> rows,
    List<TagType> tags,
    boolean zeroBased,
    boolean latin1) {
  /** The file's base name. */
  public String name() {
    return file.getFileName().toString();
  }

  static ConvertOptions options(boolean zeroBased, boolean latin1) {
    List<String> names = new ArrayList<>(ColumnOptions.CORE);
    names.add("rid");
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withNames(names)
            .withCoordinates(zeroBased ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED)
            .withTextEncoding(latin1 ? TextEncoding.LATIN_1 : TextEncoding.UTF_8);
    MachineOptions machine =
        MachineOptions.defaults()
            .withStrategy(Strategy.SEQUENTIAL)
            .withThreads(1)
            .withInflater(Inflater.JDK)
            .withMemoryBytes(64 << 20)
            .withReadBytes(1 << 16);
    return ConvertOptions.defaults().withColumns(columns).withMachine(machine);
  }

  public static DecodedBam read(Path file, boolean zeroBased, boolean latin1) throws IOException {
    ConvertOptions options = options(zeroBased, latin1);
    List<Map<String, Object>> rows = new ArrayList<>();
    List<TagType> tags = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        BamArrowReader reader =
            new BamArrowReader(ByteSources.openAll(List.of(file.toString())), options, allocator)) {
      while (reader.loadNextBatch()) {
        addRows(reader.getVectorSchemaRoot(), rows);
      }
      Field struct = reader.getVectorSchemaRoot().getSchema().findField("tags");
      for (Field tag : struct.getChildren()) {
        tags.add(TagType.parse(tag.getName() + ":" + tag.getMetadata().get("bamarrow.type")));
      }
    }
    ArraySlice slice = slice(file);
    if (slice.count() != rows.size()) {
      throw new AssertionError(file + " has " + slice.count() + " records, not " + rows.size());
    }
    return new DecodedBam(file, slice, rows, tags, zeroBased, latin1);
  }

  private static void addRows(VectorSchemaRoot root, List<Map<String, Object>> rows) {
    for (int i = 0; i < root.getRowCount(); i++) {
      Map<String, Object> row = new HashMap<>();
      for (FieldVector column : root.getFieldVectors()) {
        row.put(column.getName(), plain(column.getObject(i)));
      }
      Map<?, ?> tags = (Map<?, ?>) row.remove("tags");
      tags.forEach((tag, value) -> row.put("tags." + tag, plain(value)));
      rows.add(row);
    }
  }

  private static Object plain(Object value) {
    return value instanceof Text text ? text.toString() : value;
  }

  /** Every record of a BAM, by the JDK's gzip reader. */
  static ArraySlice slice(Path file) throws IOException {
    BamHeader header;
    try (ByteSource source = ByteSources.open(file.toString());
        BlockInflater inflater = InflaterKind.JDK.open()) {
      header = BamHeaderReader.read(source, inflater);
    }
    byte[] data;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      data = in.readAllBytes();
    }
    return new ArraySlice(data, new ArraySlice(data, firstRecord(data)).starts(), header);
  }

  /** Offset of the first record in a BAM's inflated bytes. */
  static int firstRecord(byte[] data) {
    int at = 8 + LittleEndian.int32(data, 4);
    int references = LittleEndian.int32(data, at);
    at += 4;
    for (int i = 0; i < references; i++) {
      at += 8 + LittleEndian.int32(data, at);
    }
    return at;
  }
}
