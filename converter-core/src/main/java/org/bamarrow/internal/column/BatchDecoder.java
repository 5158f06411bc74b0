package org.bamarrow.internal.column;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.SequenceDictionary;

/** Decodes a slice into batches with a maximum number of rows. Not thread-safe. */
public final class BatchDecoder implements AutoCloseable {
  /** Maximum bytes of a batch for names repeated in every row: references, files, samples. */
  private static final int MAX_REPEATED_BYTES = 1 << 26;

  private final SliceDecoder decoder;
  private final int maxRows;
  private BamHeader header;
  private int maxRowsForHeader;

  /** Takes a batch and closes it. */
  public interface Target {
    /**
     * @param first index in the slice of the first record of the batch
     */
    void accept(ArrowRecordBatch batch, int first) throws IOException;
  }

  public BatchDecoder(BatchSchema schema, BufferAllocator allocator, int maxRows) {
    this.decoder = schema.newDecoder(allocator);
    this.maxRows = maxRows;
  }

  /** Passes the records of the slice to {@code target}, in order; no batch for an empty slice. */
  public void decode(RecordSlice slice, Target target) throws IOException {
    if (header != slice.header()) {
      header = slice.header();
      maxRowsForHeader = maxRows(slice);
    }
    for (int from = 0; from < slice.count(); from += maxRowsForHeader) {
      int to = Math.min(slice.count(), from + maxRowsForHeader);
      target.accept(decoder.decode(slice, from, to), from);
    }
  }

  /** As {@link SliceDecoder#qualitiesTakenAsMissing}. */
  public long qualitiesTakenAsMissing() {
    return decoder.qualitiesTakenAsMissing();
  }

  private int maxRows(RecordSlice slice) {
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
