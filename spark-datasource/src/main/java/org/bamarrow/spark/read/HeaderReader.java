package org.bamarrow.spark.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
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
  private final boolean latin1;
  private final boolean ignoreMissing;
  private final Configuration settings;
  private Iterator<Object[]> rows = Collections.emptyIterator();
  private InternalRow row;

  HeaderReader(
      HeaderTable table,
      StructType wanted,
      List<FileSplit> files,
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
    try (BlockInflater inflater = InflaterKind.JDK.open();
        BamInput input = BamInput.open(source, 0, inflater)) {
      BamHeader header = input.header();
      List<HeaderLine> lines = HeaderLine.of(header, latin1);
      if (lines == null) {
        throw new BamFormatException(
            file.name(),
            BamFormatException.UNKNOWN,
            "the header's text is not UTF-8",
            Remedy.of("map it from Latin-1 with ", OptionKey.TEXT_ENCODING.setTo("latin-1")));
      }
      InputFileBlockHolder.set(file.name(), 0, file.length());
      return table.rows(file.name(), header, lines).iterator();
    }
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
