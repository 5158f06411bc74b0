package org.bamarrow.spark.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.HeaderLine;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.engine.StoredHeaders;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.options.SparkWords;
import org.bamarrow.spark.schema.HeaderTable;

/** Reads the rows of a header table, with one header in memory at a time. */
final class HeaderReader implements PartitionReader<InternalRow> {
  private final HeaderTable table;
  private final int[] columns;
  private final Iterator<FileSplit> files;
  private final boolean arrow;
  private final boolean latin1;
  private final boolean ignoreMissing;
  private final Configuration settings;
  private Iterator<Object[]> rows = Collections.emptyIterator();
  private InternalRow row;

  /**
   * @param arrow whether the files are Arrow data, whose schemas have the headers
   */
  HeaderReader(
      HeaderTable table,
      StructType wanted,
      List<FileSplit> files,
      boolean arrow,
      boolean latin1,
      boolean ignoreMissing,
      Configuration settings) {
    this.table = table;
    StructType all = table.schema();
    this.columns =
        IntStream.range(0, wanted.size())
            .map(i -> all.fieldIndex(wanted.fields()[i].name()))
            .toArray();
    this.files = files.iterator();
    this.arrow = arrow;
    this.latin1 = latin1;
    this.ignoreMissing = ignoreMissing;
    this.settings = settings;
  }

  @Override
  public boolean next() throws IOException {
    while (!rows.hasNext()) {
      if (!files.hasNext()) {
        return false;
      }
      try {
        rows = rows(files.next().file());
      } catch (IOException | RuntimeException e) {
        SparkWords.in(e);
        throw e;
      }
    }
    Object[] all = rows.next();
    row = new GenericInternalRow(IntStream.of(columns).mapToObj(column -> all[column]).toArray());
    return true;
  }

  private Iterator<Object[]> rows(BamFile file) throws IOException {
    ByteSource source;
    try {
      source = Sources.open(file, settings);
    } catch (FileNotFoundException e) {
      if (ignoreMissing) {
        return Collections.emptyIterator();
      }
      throw e;
    }
    Iterator<Object[]> found = arrow ? ofArrow(source) : ofBam(source, file);
    InputFileBlockHolder.set(file.name(), 0, file.length());
    return found;
  }

  private Iterator<Object[]> ofBam(ByteSource source, BamFile file) throws IOException {
    try (BlockInflater inflater = InflaterKind.JDK.open();
        BamInput input = BamInput.open(source, 0, inflater)) {
      return rows(file.name(), file.name(), input.header()).iterator();
    }
  }

  private Iterator<Object[]> ofArrow(ByteSource source) throws IOException {
    String name = source.name();
    List<Object[]> found = new ArrayList<>();
    try (IpcBatches file = IpcBatches.open(source)) {
      for (StoredHeaders.Input input : inputs(name, file.schema().getCustomMetadata())) {
        rows(input.name(), name, input.header()).forEach(found::add);
      }
    }
    return found.iterator();
  }

  private static List<StoredHeaders.Input> inputs(String name, Map<String, String> metadata)
      throws IOException {
    try {
      return StoredHeaders.of(metadata == null ? Map.of() : metadata);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          String.format(
              "%s: has no header of a BAM: %s; option table is for BAMs and for files that were"
                  + " converted from them",
              name, e.getMessage()),
          e);
    }
  }

  /**
   * @param name of the BAM
   * @param file that has the header
   */
  private Stream<Object[]> rows(String name, String file, BamHeader header) throws IOException {
    List<HeaderLine> lines = HeaderLine.of(header, latin1);
    if (lines == null) {
      throw new BamFormatException(
          file,
          BamFormatException.UNKNOWN,
          "the header's text is not UTF-8",
          Remedy.of("map it from Latin-1 with ", OptionKey.TEXT_ENCODING.setTo("latin-1")));
    }
    return table.rows(name, header, lines);
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    InputFileBlockHolder.unset();
  }
}
