package org.bamarrow.internal.column;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.SequenceDictionary;

/** Cuts a slice into batches of a bounded number of rows and decodes them. One thread at a time. */
public final class BatchMaker implements AutoCloseable {
  /** Names repeated in every row (references, the file, samples) may fill this much of a batch. */
  private static final int MAX_REPEATED_BYTES = 1 << 26;

  private final SliceDecoder decoder;
  private final int maxRows;
  private BamHeader header;
  private int rowsForHeader;

  /** Takes a batch and closes it. */
  public interface Target {
    void accept(ArrowRecordBatch batch) throws IOException;
  }

  public BatchMaker(BatchSchema schema, BufferAllocator allocator, int maxRows) {
    this.decoder = schema.newDecoder(allocator);
    this.maxRows = maxRows;
  }

  /** Gives the slice's records to {@code target}, in order; nothing for an empty slice. */
  public void make(RecordSlice slice, Target target) throws IOException {
    if (header != slice.header()) {
      header = slice.header();
      rowsForHeader = rows(slice);
    }
    for (int from = 0; from < slice.count(); from += rowsForHeader) {
      int to = Math.min(slice.count(), from + rowsForHeader);
      target.accept(decoder.decode(slice, from, to));
    }
  }

  /** As {@link SliceDecoder#qualitiesTakenAsMissing}. */
  public long qualitiesTakenAsMissing() {
    return decoder.qualitiesTakenAsMissing();
  }

  private int rows(RecordSlice slice) {
    int longest = slice.file().getBytes(StandardCharsets.UTF_8).length;
    SequenceDictionary references = header.references();
    for (int id = 0; id < references.size(); id++) {
      longest = Math.max(longest, 3 * references.nameLength(id));
    }
    for (String line : header.sam().lines("@RG")) {
      longest = Math.max(longest, 2 * line.length());
    }
    return Math.max(1, Math.min(maxRows, MAX_REPEATED_BYTES / Math.max(1, longest)));
  }

  @Override
  public void close() {
    decoder.close();
  }
}
