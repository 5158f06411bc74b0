package org.bamarrow.internal.bam;

import static org.bamarrow.internal.base.LittleEndian.int32;

import java.io.IOException;
import org.bamarrow.internal.bgzf.BlockWindow;

/**
 * Tells whether a record stands at a place of a window: its fixed fields, name, CIGAR and auxiliary
 * fields must fill its block_size exactly. Inflates no more than it must look at. One thread.
 */
final class RecordProbe {
  private final BlockWindow window;
  private final AuxCursor aux = new AuxCursor();
  private final int references;
  private final int maxRecord;

  /**
   * @param window stays the caller's
   * @param references number of references in the header
   * @param maxRecord the largest block_size to take for a record
   */
  RecordProbe(BlockWindow window, int references, int maxRecord) {
    this.window = window;
    this.references = references;
    this.maxRecord = maxRecord;
  }

  /**
   * Looks by the first fields alone for what may be a record.
   *
   * @param from first offset to look at
   * @param last last one
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

  /** Offset behind the record at {@code start}, or -1 where there is no whole, sound record. */
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
        || !RecordChecker.sound(window.data(), start, references)
        || !window.ensure(RecordLayout.seq(window.data(), start))
        || !cigarIsSound(start)
        || !window.ensure(end)) {
      return -1;
    }
    aux.reset(window.data(), RecordLayout.aux(window.data(), start), end);
    while (aux.next()) {}
    return aux.broken() ? -1 : end;
  }

  private boolean cigarIsSound(int start) {
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
