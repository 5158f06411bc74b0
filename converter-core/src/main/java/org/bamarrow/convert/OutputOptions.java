package org.bamarrow.convert;

import java.io.Serializable;
import java.util.Objects;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/**
 * How the Arrow data is written.
 *
 * @param format Arrow IPC file or stream
 * @param compression compression of the record batches' buffers
 * @param compressionLevel level of {@link Compression#ZSTD} for every buffer, 1 to 22, or {@link
 *     #LEVEL_BY_COLUMN}; ignored by the others
 * @param writeBytes maximum bytes per write, 4 KiB or more
 * @param force replace an existing file, or the parts in a directory; if false, existing output is
 *     an error
 * @param durable sync the file and its directory to the disk before success is reported
 * @param directIo whether a regular file is written with direct I/O; other outputs never are
 */
public record OutputOptions(
    Format format,
    Compression compression,
    int compressionLevel,
    int writeBytes,
    boolean force,
    boolean durable,
    DirectIo directIo)
    implements Serializable {
  /** Minimum of {@link #writeBytes}: 4 KiB. */
  public static final int MIN_WRITE_BYTES = 1 << 12;

  /**
   * Value of {@link #compressionLevel} for parameters chosen by the kind of column: names, bases,
   * qualities, integers. Usually smaller than level 3, and several times as fast.
   */
  public static final int LEVEL_BY_COLUMN = 0;

  private static final OutputOptions DEFAULTS =
      new OutputOptions(
          Format.FILE, Compression.NONE, LEVEL_BY_COLUMN, 4 << 20, false, false, DirectIo.AUTO);

  /**
   * Checks the values.
   *
   * @param format Arrow IPC file or stream
   * @param compression compression of the record batches' buffers
   * @param compressionLevel level of {@link Compression#ZSTD} for every buffer, 1 to 22, or {@link
   *     #LEVEL_BY_COLUMN}
   * @param writeBytes maximum bytes per write, 4 KiB or more
   * @param force replace an existing file, or the parts in a directory
   * @param durable sync the file and its directory to the disk before success is reported
   * @param directIo whether a regular file is written with direct I/O
   * @throws OptionException if one is out of its range
   */
  public OutputOptions {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(directIo, "directIo");
    Checks.require(
        compressionLevel >= LEVEL_BY_COLUMN && compressionLevel <= 22,
        OptionKey.COMPRESSION,
        "zstd:" + compressionLevel,
        "zstd:1 to zstd:22");
    Checks.bytes(OptionKey.WRITE_BUFFER, writeBytes, MIN_WRITE_BYTES, Integer.MAX_VALUE);
  }

  /** {@return an uncompressed Arrow IPC file; existing output is an error} */
  public static OutputOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another format}
   *
   * @param value Arrow IPC file or stream
   */
  public OutputOptions withFormat(Format value) {
    return new OutputOptions(
        value, compression, compressionLevel, writeBytes, force, durable, directIo);
  }

  /**
   * {@return a copy with another compression of the record batches}
   *
   * @param value compression of the record batches' buffers
   */
  public OutputOptions withCompression(Compression value) {
    return new OutputOptions(format, value, compressionLevel, writeBytes, force, durable, directIo);
  }

  /**
   * {@return a copy with another level for {@link Compression#ZSTD}}
   *
   * @param value 1 to 22, or {@link #LEVEL_BY_COLUMN}
   */
  public OutputOptions withCompressionLevel(int value) {
    return new OutputOptions(format, compression, value, writeBytes, force, durable, directIo);
  }

  /**
   * {@return a copy with another maximum write size}
   *
   * @param value bytes, 4 KiB or more
   */
  public OutputOptions withWriteBytes(int value) {
    return new OutputOptions(
        format, compression, compressionLevel, value, force, durable, directIo);
  }

  /**
   * {@return a copy that replaces, or does not replace, existing output}
   *
   * @param value replace an existing file, or the parts in a directory; if false, existing output
   *     is an error
   */
  public OutputOptions withForce(boolean value) {
    return new OutputOptions(
        format, compression, compressionLevel, writeBytes, value, durable, directIo);
  }

  /**
   * {@return a copy that syncs, or does not sync, the output to disk}
   *
   * @param value sync the file and its directory before success is reported
   */
  public OutputOptions withDurable(boolean value) {
    return new OutputOptions(
        format, compression, compressionLevel, writeBytes, force, value, directIo);
  }

  /**
   * {@return a copy with another use of direct I/O}
   *
   * @param value whether a regular file is written with direct I/O; other outputs never are
   */
  public OutputOptions withDirectIo(DirectIo value) {
    return new OutputOptions(
        format, compression, compressionLevel, writeBytes, force, durable, value);
  }
}
