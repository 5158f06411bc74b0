package org.bamarrow.synth;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes seeded BAM files: the same options give the same records everywhere, for any number of
 * threads. (The compressed bytes are the same for the same zlib of the JDK.) Memory does not grow
 * with the file. Uses no BAM library, so that those can be tested with it.
 */
public final class SynthBam {
  private SynthBam() {}

  /** Writes to a new or truncated file. */
  public static SynthReport write(Path path, SynthOptions options) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
      return write(out, options);
    }
  }

  /** Writes a whole BAM, end-of-file marker included; flushes but does not close the stream. */
  public static SynthReport write(OutputStream out, SynthOptions options) throws IOException {
    long records = options.targetBytes() > 0 ? recordsFor(options) : options.records();
    SynthOptions exact = options.withRecords(records);
    try (BgzfWriter bgzf = new BgzfWriter(out, exact)) {
      Bytes header = SynthHeader.encode(exact);
      bgzf.write(header.array, 0, header.length);
      if (exact.aligned()) {
        bgzf.endBlock();
      }
      RecordSource source = source(exact);
      while (source.next(bgzf)) {
        // each call passes one template to the writer
      }
      return bgzf.finish();
    }
  }

  /**
   * A target size is converted to a record count with a pilot that is discarded: the sizes of a
   * pilot of n records and of an empty file give the size per record. The order of records and the
   * tail can then be planned, independently of threads.
   */
  private static long recordsFor(SynthOptions options) throws IOException {
    int pilot = options.profile().pilotRecords();
    OutputStream nowhere = OutputStream.nullOutputStream();
    long none = write(nowhere, options.withRecords(0)).bytes();
    long some = write(nowhere, options.withRecords(pilot)).bytes();
    double each = (some - none) / (double) pilot;
    return Math.max(0, (long) ((options.targetBytes() - none) / each));
  }

  private static RecordSource source(SynthOptions options) {
    return switch (options.profile()) {
      case SHORT, BINNED -> new ShortReads(options);
      case LONG -> new LongReads(options, LongShape.HIFI);
      case ULTRALONG -> new LongReads(options, LongShape.ULTRALONG);
      case SINGLECELL -> new SingleCellReads(options);
      case EDGE -> new EdgeReads(options);
    };
  }
}
