package org.bamarrow;

import java.io.IOException;
import java.util.List;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.engine.FileConversion;
import org.bamarrow.io.BamFormatException;

/** Converts BAM to Arrow IPC: the front door of the library. */
public final class BamToArrow {
  private BamToArrow() {}

  /**
   * Converts BAMs, in the order given, to one Arrow IPC file or stream.
   *
   * @param sources files, or {@code -} for standard input
   * @param target a file, which appears only when it is whole, or {@code -} for standard output
   * @param options what to convert, and how
   * @return what was read and written
   * @throws BamFormatException if an input is not sound
   * @throws java.io.InterruptedIOException if the thread is interrupted, whose flag stays set
   * @throws IOException if something cannot be read or written
   * @throws IllegalArgumentException if options contradict each other
   */
  public static ConvertReport convert(List<String> sources, String target, ConvertOptions options)
      throws IOException {
    return convert(sources, target, options, Progress.NONE);
  }

  /**
   * {@return the same as {@link #convert(List, String, ConvertOptions)}, watched}
   *
   * @param sources files, or {@code -} for standard input
   * @param target a file, or {@code -} for standard output
   * @param options what to convert, and how
   * @param progress is told how far the conversion is
   * @throws java.io.IOException if something cannot be read or written
   */
  public static ConvertReport convert(
      List<String> sources, String target, ConvertOptions options, Progress progress)
      throws IOException {
    return FileConversion.run(sources, target, options, progress);
  }
}
