package org.bamarrow;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.engine.FileConversion;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;

/** Converts BAM to Arrow IPC: the main entry point of the library. */
public final class BamToArrow {
  private BamToArrow() {}

  /**
   * Converts BAMs, in the order given, to one Arrow IPC file or stream.
   *
   * @param sources file names, or {@code -} for standard input
   * @param target a file, which appears only when it is complete, or {@code -} for standard output
   * @param options what to convert, and how
   * @return the report of the conversion
   * @throws BamFormatException if an input is invalid
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status stays
   *     set
   * @throws IOException if something cannot be read or written
   * @throws IllegalArgumentException if options contradict each other
   */
  public static ConvertReport convert(List<String> sources, String target, ConvertOptions options)
      throws IOException {
    return convert(sources, target, options, Progress.NONE);
  }

  /**
   * {@return the same as {@link #convert(List, String, ConvertOptions)}, with progress}
   *
   * @param sources file names, or {@code -} for standard input
   * @param target a file, which appears only when it is complete, or {@code -} for standard output
   * @param options what to convert, and how
   * @param progress receives the progress of the conversion and its warnings
   * @throws java.io.IOException if something cannot be read or written
   */
  public static ConvertReport convert(
      List<String> sources, String target, ConvertOptions options, Progress progress)
      throws IOException {
    return FileConversion.ofFiles(sources, target, options, progress);
  }

  /**
   * Converts BAMs from any storage, in the order given, to one Arrow IPC file or stream. The output
   * has the same bytes as {@link #convert} gives for files of the same names.
   *
   * <p>For regions, an index is searched next to a source whose name is that of a local file. If it
   * is found to be unusable after reading has started, the conversion fails: unlike files, sources
   * cannot be reopened.
   *
   * @param sources at least one; closed by this method, also on failure
   * @param target a file, which appears only when it is complete, or {@code -} for standard output
   * @param options what to convert, and how
   * @return what was read and written
   * @throws BamFormatException if an input is invalid
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status stays
   *     set
   * @throws IOException if something cannot be read or written
   * @throws IllegalArgumentException if options contradict each other
   */
  public static ConvertReport convertSources(
      List<? extends ByteSource> sources, String target, ConvertOptions options)
      throws IOException {
    return convertSources(sources, target, options, Progress.NONE);
  }

  /**
   * {@return the same as {@link #convertSources(List, String, ConvertOptions)}, with progress}
   *
   * @param sources at least one; closed by this method, also on failure
   * @param target a file, or {@code -} for standard output
   * @param options what to convert, and how
   * @param progress receives the progress
   * @throws java.io.IOException if something cannot be read or written
   */
  public static ConvertReport convertSources(
      List<? extends ByteSource> sources, String target, ConvertOptions options, Progress progress)
      throws IOException {
    return FileConversion.ofSources(sources, target, options, progress);
  }

  /**
   * As {@link #convertSources(List, String, ConvertOptions, Progress)}, to a channel: a socket, an
   * upload, memory. After an error the channel has received a part of the output.
   *
   * @param sources at least one; closed by this method, also on failure
   * @param target a blocking channel, which is not closed; for a stream, {@link
   *     java.nio.channels.Channels#newChannel(java.io.OutputStream)}
   * @param options what to convert, and how
   * @param progress receives the progress
   * @return the report; its {@code output} is {@code channel}
   * @throws java.io.IOException if something cannot be read or written
   */
  public static ConvertReport convertSources(
      List<? extends ByteSource> sources,
      WritableByteChannel target,
      ConvertOptions options,
      Progress progress)
      throws IOException {
    return FileConversion.ofSources(sources, target, options, progress);
  }
}
