package org.bamarrow.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.internal.ipc.NamedOutput;
import picocli.CommandLine.Option;

/** Options for the Arrow output; a mixin. */
final class OutputArguments {
  private static final Pattern ZSTD = Pattern.compile("zstd:([1-9]\\d?)");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      converter = Formats.class,
      completionCandidates = Formats.class,
      description =
          "file or stream (default: stream for names ending in .arrows, standard output,"
              + " FIFOs and devices; otherwise file).")
  private Format format;

  @Option(
      names = "--compression",
      paramLabel = "NAME",
      defaultValue = "none",
      completionCandidates = Compressions.class,
      description =
          "none, lz4, zstd (parameters for each kind of column) or zstd:LEVEL, with LEVEL from"
              + " 1 to 22 (default: none).")
  private String compression;

  @Option(
      names = "--write-buffer",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Maximum bytes per write (default: 4M; minimum: 4K).")
  private Long writeBuffer;

  @Option(
      names = "--direct-io",
      paramLabel = "WHEN",
      defaultValue = "auto",
      converter = DirectIoWords.class,
      completionCandidates = DirectIoWords.class,
      description =
          "Write the file with direct I/O, bypassing the page cache: auto (where it is"
              + " faster), never or always (default: auto).")
  private DirectIo directIo;

  @Option(
      names = "--force",
      description = "Replace an existing file, or the parts in an existing directory.")
  private boolean force;

  @Option(
      names = "--durable",
      description = "Sync the file and its directory to the disk before reporting success.")
  private boolean durable;

  /**
   * @param base values of options that are not given
   */
  OutputOptions toOutputOptions(OutputOptions base, String target) {
    Matcher zstd = ZSTD.matcher(compression);
    int level = zstd.matches() ? Integer.parseInt(zstd.group(1)) : base.compressionLevel();
    return base.withFormat(format == null ? formatOf(target) : format)
        .withCompression(zstd.matches() ? Compression.ZSTD : named())
        .withCompressionLevel(level)
        .withWriteBytes(SizeConverter.toInt(OptionKey.WRITE_BUFFER, writeBuffer, base.writeBytes()))
        .withForce(force)
        .withDurable(durable)
        .withDirectIo(directIo);
  }

  private Compression named() {
    return switch (compression) {
      case "none" -> Compression.NONE;
      case "lz4" -> Compression.LZ4;
      case "zstd" -> Compression.ZSTD;
      default ->
          throw new OptionException(
              OptionKey.COMPRESSION, " " + compression + ": must be none, lz4, zstd or zstd:LEVEL");
    };
  }

  /** A stream if the target is not seekable or named so. */
  static Format formatOf(String target) {
    return target.endsWith(".arrows") || NamedOutput.isStream(target) ? Format.STREAM : Format.FILE;
  }

  static final class Formats extends ChoiceConverter<Format> {
    Formats() {
      super(Format.values());
    }
  }

  static final class DirectIoWords extends ChoiceConverter<DirectIo> {
    DirectIoWords() {
      super(DirectIo.values());
    }
  }

  static final class Compressions extends ChoiceConverter<Compression> {
    Compressions() {
      super(Compression.values());
    }
  }
}
