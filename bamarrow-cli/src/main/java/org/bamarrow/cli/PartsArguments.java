package org.bamarrow.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.ipc.OutputTarget;
import org.bamarrow.parts.PartSize;
import picocli.CommandLine.Option;

/** Options for a directory of parts as output; a mixin. */
final class PartsArguments {
  @Option(
      names = "--parts",
      paramLabel = "N",
      description =
          "Write a directory of N Arrow IPC files and _manifest.json. Parts start at"
              + " multiples of --chunk-bytes, so short inputs give fewer.")
  private Integer count;

  @Option(
      names = "--part-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Write a directory of parts, each from about SIZE bytes of BAM (default for"
              + " outputs ending in /: 128M).")
  private Long size;

  /**
   * The size of the parts; null: one file or stream.
   *
   * @throws IllegalArgumentException if options conflict or are invalid
   */
  PartSize size(String target, OutputOptions output) {
    if (count == null && size == null && !target.endsWith("/")) {
      return null;
    }
    if (count != null && size != null) {
      throw new IllegalArgumentException("--parts and --part-size are mutually exclusive");
    }
    if (count != null && count < 1 || size != null && size < 1) {
      throw new IllegalArgumentException("--parts and --part-size must be at least 1");
    }
    if (target.equals(OutputTarget.STANDARD_OUTPUT)) {
      throw new IllegalArgumentException(
          "parts are written to a directory, not to standard output");
    }
    if (output.format() == Format.STREAM) {
      throw new IllegalArgumentException(
          "parts are Arrow IPC files in a directory and cannot be combined with --format stream or"
              + " a name ending in .arrows");
    }
    if (Files.exists(Path.of(target)) && !Files.isDirectory(Path.of(target))) {
      throw new IllegalArgumentException(target + ": is a file, not a directory for parts");
    }
    if (count != null) {
      return PartSize.count(count);
    }
    return size == null ? PartSize.DEFAULT : PartSize.bytes(size);
  }
}
