package org.bamarrow.internal.bam;

import static org.bamarrow.internal.base.LittleEndian.int32;

import java.io.IOException;
import org.bamarrow.internal.bgzf.BlockWindow;

/**
 * Tests whether there is a record at an offset of a window: its fixed fields, name, CIGAR and
 * auxiliary fields must fill its block_size exactly. Inflates only what it needs. One thread at a
 * time.
 */
final class RecordProbe {
  private final BlockWindow window;
  private final AuxCursor aux = new AuxCursor();
  private final int references;
  private final int maxRecord;

  /**
   * @param window owned by the caller
   * @param references number of references in the header
   * @param maxRecord maximum block_size of a record
   */
  RecordProbe(BlockWindow window, int references, int maxRecord) {
    this.window = window;
    this.references = references;
    this.maxRecord = maxRecord;
  }

  /**
   * Searches for a possible record by its first fields.
   *
   * @param from first offset to test, inclusive
   * @param last last offset to test, inclusive
   * @return its offset, or -1
   */
  int candidate(int from, int last) {
    byte[] data = window.data();
    for (int i = from; i <= last; i++) {
      int blockSize = int32(data, i);
      if (blockSize >= RecordLayout.FIXED_BYTES
          && blockSize <= maxRecord
          && data[i + RecordLayout.L_READ_NAME] != 0
          && Integer.compareUnsigned(int32(data, i + RecordLayout.REF_ID) + 1, references) <= 0
          && Integer.compareUnsigned(int32(data, i + RecordLayout.NEXT_REF_ID) + 1, references)
              <= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Offset after the record at {@code start}, or -1 if there is no whole, valid record. */
  int end(int start) throws IOException {
    if (!window.ensure(start + (long) RecordLayout.READ_NAME)) {
      return -1;
    }
    int blockSize = int32(window.data(), start);
    if (blockSize < RecordLayout.FIXED_BYTES || blockSize > maxRecord) {
      return -1;
    }
    int end = RecordLayout.end(window.data(), start);
    if (!window.ensure(Math.min(end, start + RecordLayout.READ_NAME + 255))
        || !RecordChecker.isValid(window.data(), start, references)
        || !window.ensure(RecordLayout.seq(window.data(), start))
        || !cigarIsValid(start)
        || !window.ensure(end)) {
      return -1;
    }
    aux.reset(window.data(), RecordLayout.aux(window.data(), start), end);
    while (aux.next()) {}
    return aux.isInvalid() ? -1 : end;
  }

  private boolean cigarIsValid(int start) {
    byte[] data = window.data();
    for (int i = RecordLayout.cigar(data, start), to = RecordLayout.seq(data, start); i < to; ) {
      if ((data[i] & 15) > 8) {
        return false;
      }
      i += 4;
    }
    return true;
  }
}
