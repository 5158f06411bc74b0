package org.bamarrow.internal.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.BytesSource;

/**
 * What one run of a {@link RecordPipeline} gave: the rows in the order of their delivery and the
 * error's text, null without one.
 */
record ReaderRun(List<String> rows, String error, ReadStatistics statistics) {
  /** A run to make; the smallest chunks, so that small files have many. */
  record Setup(
      int workers,
      BatchOptions batches,
      long limit,
      Supplier<RecordFilter> filter,
      int maxRecord,
      boolean allowMissingEof) {
    static Setup workers(int workers) {
      BatchOptions batches = new BatchOptions(100, 1 << 16, 1 << 16);
      return new Setup(workers, batches, -1, null, 1 << 24, false);
    }

    Setup limit(long value) {
      return new Setup(workers, batches, value, filter, maxRecord, allowMissingEof);
    }

    Setup filter(Supplier<RecordFilter> value) {
      return new Setup(workers, batches, limit, value, maxRecord, allowMissingEof);
    }

    Setup maxRecord(int value) {
      return new Setup(workers, batches, limit, filter, value, allowMissingEof);
    }

    Setup chunkBytes(int value) {
      BatchOptions changed = new BatchOptions(batches.rows(), value, batches.inflatedBytes());
      return new Setup(workers, changed, limit, filter, maxRecord, allowMissingEof);
    }

    RecordPipeline.Settings settings() {
      return new RecordPipeline.Settings(
          batches,
          1 << 15,
          allowMissingEof,
          limit,
          maxRecord,
          InflaterKind.JDK::open,
          filter,
          System::nanoTime);
    }
  }

  static ReaderRun of(Setup setup, byte[]... files) {
    List<ByteSource> sources = new ArrayList<>();
    for (byte[] file : files) {
      sources.add(new BytesSource("file" + sources.size(), file));
    }
    return of(setup, sources);
  }

  static ReaderRun of(Setup setup, List<ByteSource> sources) {
    List<String> rows = new ArrayList<>();
    List<SliceHandler> handlers = new ArrayList<>();
    for (int i = 0; i < setup.workers; i++) {
      handlers.add(new Collector(rows));
    }
    return of(setup, sources, rows, handlers);
  }

  /**
   * @param rows what the handlers fill
   */
  static ReaderRun of(
      Setup setup, List<ByteSource> sources, List<String> rows, List<SliceHandler> handlers) {
    String error = null;
    ReadStatistics statistics = null;
    try (RecordPipeline reader =
        new RecordPipeline(ReadScope.whole(open(sources)), setup.settings(), handlers)) {
      try {
        if (handlers.size() == 1) {
          reader.runHere();
        } else {
          reader.start(() -> {});
          reader.await();
        }
        statistics = reader.statistics();
      } catch (IOException | RuntimeException | Error e) {
        error = e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    } catch (IOException e) {
      error = "at the header: " + e.getMessage();
    }
    return new ReaderRun(rows, error, statistics);
  }

  static List<BamInput> open(List<ByteSource> sources) throws IOException {
    List<BamInput> inputs = new ArrayList<>();
    try (BlockInflater inflater = InflaterKind.JDK.open()) {
      for (ByteSource source : sources) {
        inputs.add(BamInput.open(source, inputs.size(), inflater));
      }
    }
    return inputs;
  }

  static String row(RecordSlice slice, int row) {
    byte[] data = slice.data();
    int start = slice.start(row);
    int name = start + RecordLayout.READ_NAME;
    int length = (data[start + RecordLayout.L_READ_NAME] & 0xff) - 1;
    String text = new String(data, name, length, StandardCharsets.ISO_8859_1);
    int sum = 0;
    for (int at = start; at < RecordLayout.end(data, start); at++) {
      sum = 31 * sum + data[at];
    }
    return slice.file() + " " + slice.virtualOffset(row) + " " + text + " " + sum;
  }

  /** Names, places and a sum over the bytes of each record. */
  static class Collector implements SliceHandler {
    private final List<String> target;
    private final List<String> ofChunk = new ArrayList<>();
    boolean closed;

    Collector(List<String> target) {
      this.target = target;
    }

    @Override
    public void handle(RecordSlice slice) throws IOException {
      ofChunk.clear();
      for (int row = 0; row < slice.count(); row++) {
        ofChunk.add(row(slice, row));
      }
    }

    @Override
    public void deliver() throws IOException {
      target.addAll(ofChunk);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
