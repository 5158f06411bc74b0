package org.bamarrow.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.internal.read.SplitFinder;
import org.bamarrow.internal.read.SplitPlanner;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.VirtualOffset;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bamarrow splits}: where a BAM would be cut, and the proof. */
@Command(
    name = "splits",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Print the splits of a BAM, and where the first record of each starts.",
      "Offsets are in bytes, 0-based. A split consists of the records of the blocks"
          + " that start in it. Starts are those that a reader of the split finds by itself;"
          + " --check verifies them by reading the file."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow splits in.bam",
      "  bamarrow splits --splits 16 --check in.bam",
      "  bamarrow splits --split-size 64M --json in.bam"
    })
final class SplitsCommand implements Callable<Integer> {
  /** The default split size of Spark. */
  private static final long DEFAULT_SIZE = 128L << 20;

  /** Whatever comes is counted by the reader. */
  private static final SliceHandler NOTHING_MORE = slice -> {};

  @ArgGroup(exclusive = true)
  private final How how = new How();

  private static final class How {
    @Option(names = "--splits", paramLabel = "N", description = "Number of splits, of equal size.")
    private Long count;

    @Option(
        names = "--split-size",
        paramLabel = "SIZE",
        converter = SizeConverter.class,
        description = "Approximate bytes per split (default: 128M).")
    private Long size;
  }

  @Option(
      names = "--check",
      description =
          "Read every split to its end, verify that the next one starts there, and print"
              + " the number of records of each. A wrong start is an error.")
  private boolean check;

  @Mixin private MemoryArgument memory;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Parameters(paramLabel = "IN.bam", description = "A BAM; must be a regular file.")
  private String file;

  /**
   * @param records -1: not counted
   */
  private record Row(BamSplit split, BamRange range, long records) {
    boolean hasStart() {
      return range.start() < range.end();
    }
  }

  @Override
  public Integer call() throws IOException {
    ConvertOptions options = ConvertOptions.defaults().withTags(TagOptions.NONE);
    options = options.withMachine(options.machine().withMemoryBytes(memory.bytes()));
    try (Conversion conversion = Conversion.forSplits(ByteSources.openAll(List.of(file)), options);
        SplitFinder finder = conversion.newSplitFinder()) {
      BamInput input = conversion.inputs().get(0);
      long size = input.source().size();
      if (size == ByteSource.UNKNOWN_SIZE) {
        throw new IllegalArgumentException(file + " is a stream, which cannot be split");
      }
      List<Row> rows = new ArrayList<>();
      for (BamSplit split : plan(size)) {
        BamRange range = finder.range(input, split);
        rows.add(new Row(split, range, check ? count(conversion, range, finder) : -1));
      }
      try (StandardOutput out = new StandardOutput()) {
        out.write((json ? json(size, rows) : text(rows)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return 0;
  }

  private List<BamSplit> plan(long size) {
    return how.count != null
        ? SplitPlanner.byCount(size, how.count, 1)
        : SplitPlanner.bySize(size, how.size == null ? DEFAULT_SIZE : how.size);
  }

  private static long count(Conversion conversion, BamRange range, SplitFinder finder)
      throws IOException {
    ReadScope scope = new ReadScope(List.of(range), finder, null);
    List<SliceHandler> handlers = new ArrayList<>();
    for (int i = 0; i < conversion.workers(); i++) {
      handlers.add(NOTHING_MORE);
    }
    try (RecordPipeline reader = conversion.newPipeline(scope, handlers)) {
      reader.start(() -> {});
      reader.await();
      return reader.statistics().records();
    }
  }

  private String text(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    String records = check ? "records" : "";
    String line = "%6s %16s %16s %14s %20s %16s %6s %14s";
    add(text, line, "split", "begin", "end", "bytes", "start", "block", "within", records);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      long start = row.range.start();
      add(
          text,
          line,
          i,
          row.split.begin(),
          row.split.end(),
          row.split.length(),
          row.hasStart() ? start : "none",
          row.hasStart() ? VirtualOffset.block(start) : "",
          row.hasStart() ? VirtualOffset.within(start) : "",
          check ? row.records : "");
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String line, Object... values) {
    text.append(String.format(Locale.ROOT, line, values).stripTrailing()).append('\n');
  }

  private String json(long size, List<Row> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeStringField("file", file);
      out.writeNumberField("bytes", size);
      out.writeBooleanField("checked", check);
      out.writeArrayFieldStart("splits");
      for (Row row : rows) {
        write(out, row);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text + "\n";
  }

  private void write(JsonGenerator out, Row row) throws IOException {
    out.writeStartObject();
    out.writeNumberField("begin", row.split.begin());
    out.writeNumberField("end", row.split.end());
    if (row.hasStart()) {
      out.writeNumberField("start", row.range.start());
      out.writeNumberField("block", VirtualOffset.block(row.range.start()));
      out.writeNumberField("within", VirtualOffset.within(row.range.start()));
    } else {
      out.writeNullField("start");
    }
    if (check) {
      out.writeNumberField("records", row.records);
    }
    out.writeEndObject();
  }
}
