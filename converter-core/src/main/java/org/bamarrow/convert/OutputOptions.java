package org.bamarrow.convert;

import java.io.Serializable;

/**
 * How the Arrow data are written.
 *
 * @param compressionLevel level for {@link Compression#ZSTD} (1 to 22), ignored by the others
 * @param writeBytes most bytes handed to the system in one write
 * @param force replace an existing file
 * @param durable fsync the file and its folder before success is reported
 * @param directIo whether a regular file is written past the page cache; nothing else is
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
  public static final OutputOptions DEFAULT =
      new OutputOptions(Format.FILE, Compression.NONE, 3, 4 << 20, false, false);

  public OutputOptions {
    if (writeBytes < 1) {
      throw new IllegalArgumentException("a write needs at least 1 byte, not " + writeBytes);
    }
  }

  /** Past the page cache where that is faster. */
  public OutputOptions(
      Format format,
      Compression compression,
      int compressionLevel,
      int writeBytes,
      boolean force,
      boolean durable) {
    this(format, compression, compressionLevel, writeBytes, force, durable, DirectIo.AUTO);
  }

  /**
   * @param value replace an existing file or directory; otherwise one that is there is an error
   */
  public OutputOptions withForce(boolean value) {
    return new OutputOptions(
        format, compression, compressionLevel, writeBytes, value, durable, directIo);
  }

  public OutputOptions with(DirectIo value) {
    return new OutputOptions(
        format, compression, compressionLevel, writeBytes, force, durable, value);
  }
}
