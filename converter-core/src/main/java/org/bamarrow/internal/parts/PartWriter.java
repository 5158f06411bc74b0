package org.bamarrow.internal.parts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.engine.IpcHandler;
import org.bamarrow.internal.engine.SchemaMetadata;
import org.bamarrow.internal.ipc.BatchCompressor;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.StreamOutput;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.internal.read.RangeEnd;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SplitFinder;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.io.VirtualOffset;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.Part.Range;

/**
 * Writes one split of a BAM as one Arrow IPC file, on the thread of the caller, which runs one
 * task. Several writers may share a conversion. Used once.
 */
public final class PartWriter {
  private final Conversion conversion;
  private final Schema schema;
  private final int parts;
  private final BufferAllocator allocator;
  private final BooleanSupplier stopped;
  private volatile RecordPipeline reader;
  private volatile long finished;
  private Long next;

  /**
   * A writer of one part.
   *
   * @param conversion gives options and columns; stays the caller's. Its {@link
   *     Conversion#columns()} has been called where threads share it
   * @param schema that all parts of the job have ({@link Conversion#partSchema})
   * @param parts number of parts of the job
   * @param allocator stays the caller's
   * @param stopped called between chunks; true cancels the writing
   */
  public PartWriter(
      Conversion conversion,
      Schema schema,
      int parts,
      BufferAllocator allocator,
      BooleanSupplier stopped) {
    this.parts = parts;
    this.conversion = conversion;
    this.schema = schema;
    this.allocator = allocator;
    this.stopped = stopped;
  }

  /**
   * Reads the split to its end, proves that end, and writes the rows. A split in which no record
   * starts gives a file without rows, so that every split has its part.
   *
   * @param input of the conversion
   * @param part the split to read; its {@code input} is the place in the job, which need not be the
   *     place in the conversion
   * @param limit maximum rows; -1: all
   * @param name of the file, for the result
   * @param out stays the caller's, who has to close it before the file counts
   * @return what was read and written
   * @throws InterruptedIOException if it was stopped
   */
  public PartResult write(BamInput input, PartInput part, long limit, String name, OutputStream out)
      throws IOException {
    PartChannel channel = new PartChannel(out);
    OutputOptions options = conversion.options().output();
    IpcOutput output = new StreamOutput(channel, options.writeBytes(), Format.FILE);
    output.keepZones(new ZoneMap(conversion.zoneColumns()));
    try (SplitFinder finder = conversion.newSplitFinder()) {
      BamRange range = range(finder, input, part.split());
      RangeEnd end =
          (reached, found) -> {
            finder.reached(reached, found);
            next = place(input, found);
          };
      IpcHandler handler =
          new IpcHandler(
              conversion.newBatchDecoder(allocator),
              BatchCompressor.of(options, conversion.columns().fields(), allocator),
              output,
              true);
      reader =
          conversion.newPipeline(new ReadScope(List.of(range), end, null), limit, List.of(handler));
      try (RecordPipeline running = reader) {
        output.start(() -> schema(input));
        while (running.step()) {
          if (stopped.getAsBoolean()) {
            throw new InterruptedIOException("stopped in the middle of " + name);
          }
        }
        output.finish();
        Part written =
            new Part(
                name,
                output.rows(),
                running.statistics().records(),
                output.bytes(),
                channel.crc32(),
                List.of(proof(range, part.input(), limit >= 0 && output.rows() == limit)),
                output.zones().total());
        byte[] zones = output.zones().table(name, BatchesFile.rowsOfPart(parts));
        return new PartResult(
            new WrittenPart(written, zones), output.batches(), running.statistics());
      } finally {
        finished = reader.bytesRead();
        reader = null; // its buffers are freed with the part
      }
    }
  }

  private IpcSchema schema(BamInput input) throws IOException {
    Map<String, String> metadata = SchemaMetadata.ofPart(schema.getCustomMetadata(), input);
    return new IpcSchema(schema.getFields(), metadata);
  }

  /**
   * @param limited rows may have been cut off
   */
  private Range proof(BamRange range, int input, boolean limited) throws IOException {
    long start = range.start() == BamRange.TO_END ? endOf(range.input()) : range.start();
    if (limited) {
      return new Range(input, start, null);
    }
    if (next == null && range.end() == BamRange.TO_END) {
      next = endOf(range.input());
    } else if (next == null && range.start() >= range.end()) {
      next = start; // proved when the split was opened
    } else if (next == null) {
      throw new IOException(
          range.input().source().name() + ": the end of a split was not proved; report this");
    }
    return new Range(input, start, next);
  }

  /** A split that ends within the header ends where the first record starts. */
  private static BamRange range(SplitFinder finder, BamInput input, BamSplit split)
      throws IOException {
    long first = input.header().firstRecord();
    boolean inHeader =
        split.end() < input.source().size() && VirtualOffset.of(split.end()) <= first;
    return inHeader ? new BamRange(input, first, first) : finder.range(input, split);
  }

  private static long place(BamInput input, long record) {
    return record == RecordFinder.NONE ? endOf(input) : record;
  }

  private static long endOf(BamInput input) {
    return VirtualOffset.of(input.source().size());
  }

  /** {@return compressed bytes read so far; any thread may ask} */
  long bytesRead() {
    RecordPipeline running = reader;
    return running == null ? finished : running.bytesRead();
  }
}
