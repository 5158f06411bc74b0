package org.bamarrow.internal.rewrite;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was read and written. Changed in the order of the batches; read after the workers ended. */
final class RewriteCounts {
  private final Map<String, Long> removed = new LinkedHashMap<>();
  private long rowsRead;
  private long rowsLeftOut;
  private long bytesRead;

  /** Bytes of the input up to the batch counted last, for the progress; any thread reads it. */
  private volatile long position;

  private long rows;
  private long batches;
  private long copied;

  void batch(RewriteItem item, long read, Map<String, Long> refused, long bytes) {
    rowsRead += read;
    refused.forEach((name, count) -> removed.merge(name, count, Long::sum));
    bytesRead += bytes;
    position = item.file().before + item.place().body() + item.place().message().bodyLength();
  }

  void leftOut(RewriteFile file) {
    rowsLeftOut += file.batches.zones().rowsLeftOut();
    bytesRead += file.batches.bytesRead();
  }

  /** Rows of files that were not opened. */
  void leftOut(long rowsOfFiles) {
    rowsLeftOut += rowsOfFiles;
  }

  void written(RowCollector collector) {
    rows = collector.rows();
    batches = collector.batches();
    copied = collector.copied();
  }

  long rowsRead() {
    return rowsRead;
  }

  long rowsLeftOut() {
    return rowsLeftOut;
  }

  Map<String, Long> removed() {
    return removed;
  }

  long bytesRead() {
    return bytesRead;
  }

  long position() {
    return position;
  }

  long rows() {
    return rows;
  }

  long batches() {
    return batches;
  }

  long copied() {
    return copied;
  }
}
