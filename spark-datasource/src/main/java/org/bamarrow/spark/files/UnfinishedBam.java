package org.bamarrow.spark.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bamarrow.internal.read.EndOfFile;
import org.bamarrow.io.ByteSource;

/** A file that may be a BAM that a program is still writing. */
public final class UnfinishedBam {
  private static final int START = 0x1f8b0804; // of a BGZF block

  private UnfinishedBam() {}

  /**
   * Whether a file lacks the end-of-file marker, but begins like a BAM, or with zeros: some
   * programs reserve space before they write.
   */
  public static boolean is(ByteSource source) throws IOException {
    byte[] start = new byte[4];
    int length = source.read(0, start, 0, start.length);
    int first = ByteBuffer.wrap(start).getInt();
    return (length < start.length || first == 0 || first == START)
        && !EndOfFile.endsWithMarker(source);
  }
}
