package org.bamarrow;

import java.io.IOException;
import java.util.List;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.parts.LocalPartExecutor;
import org.bamarrow.internal.parts.PartPlan;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartSize;
import org.bamarrow.parts.PartStore;

/**
 * Converts BAMs to a directory of parts: Arrow IPC files, and a {@link org.bamarrow.parts.Manifest}
 * by which readers check that they are complete. The threads of this machine write one part each at
 * a time. {@link org.bamarrow.parts.PartsReader} reads such a directory.
 */
public final class BamToParts {
  private BamToParts() {}

  /**
   * {@return the same as {@link #convert(List, String, ConvertOptions, PartSize, Progress)}, with
   * parts of {@link PartSize#DEFAULT}}
   *
   * @param sources names of regular files
   * @param directory which is complete, or as it was before, when this returns or throws
   * @param options what to convert, and how
   * @throws IOException if something cannot be read or written
   */
  public static ConvertReport convert(
      List<String> sources, String directory, ConvertOptions options) throws IOException {
    return convert(sources, directory, options, PartSize.DEFAULT, Progress.NONE);
  }

  /**
   * Converts BAMs, in the order given, to a local directory.
   *
   * @param sources names of regular files: a stream cannot be cut into parts
   * @param directory which is complete, or as it was before, when this returns or throws
   * @param options what to convert, and how; {@link org.bamarrow.convert.OutputOptions#force}
   *     replaces a directory that is complete already
   * @param size of the parts
   * @param progress receives the progress
   * @return what was read and written
   * @throws org.bamarrow.io.BamFormatException if an input is invalid: the first error in the order
   *     of the parts
   * @throws java.nio.file.FileAlreadyExistsException if the directory is complete already and must
   *     not be replaced
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status stays
   *     set
   * @throws IOException if something cannot be read or written
   * @throws IllegalArgumentException if options contradict each other, or a source is a stream
   */
  public static ConvertReport convert(
      List<String> sources,
      String directory,
      ConvertOptions options,
      PartSize size,
      Progress progress)
      throws IOException {
    PartStore store = new LocalPartStore(directory, options.output().durable());
    return convert(sources, store, options, size, progress);
  }

  /**
   * Converts BAMs, in the order given, to a directory on any storage.
   *
   * @param sources names of regular files: a stream cannot be cut into parts
   * @param store the directory, which is complete, or as it was before, when this returns or throws
   * @param options what to convert, and how; {@link org.bamarrow.convert.OutputOptions#durable} is
   *     left to the store
   * @param size of the parts
   * @param progress receives the progress
   * @return what was read and written
   * @throws org.bamarrow.io.BamFormatException if an input is invalid: the first error in the order
   *     of the parts
   * @throws java.nio.file.FileAlreadyExistsException if the directory is complete already and must
   *     not be replaced
   * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt status stays
   *     set
   * @throws IOException if something cannot be read or written
   * @throws IllegalArgumentException if options contradict each other, or a source is a stream
   */
  public static ConvertReport convert(
      List<String> sources,
      PartStore store,
      ConvertOptions options,
      PartSize size,
      Progress progress)
      throws IOException {
    return LocalPartExecutor.convert(sources, store, options, PartPlan.of(size), progress);
  }
}
