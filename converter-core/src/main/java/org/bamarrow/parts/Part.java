package org.bamarrow.parts;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.zip.CRC32;
import org.bamarrow.errors.WordedIOException;
import org.bamarrow.io.ByteSource;

/**
 * One part of a directory: an Arrow IPC file.
 *
 * @param name its file name
 * @param rows number of rows in it
 * @param records records read for it, including those that the filters dropped
 * @param bytes length of the file
 * @param crc32 CRC-32 of the file (that of gzip and zlib), 8 lower-case hexadecimal digits
 * @param ranges ranges of its records in the inputs; empty if the rows do not come from a BAM
 */
public record Part(
    String name, long rows, long records, long bytes, String crc32, List<Range> ranges)
    implements Serializable {
  private static final int BUFFER = 1 << 16;

  /**
   * Records of one input by BGZF virtual offset (SAM specification 4.1.1). The end of a file is the
   * offset of the block that would follow its last byte.
   *
   * @param input 0-based index of the input
   * @param start of the first record; if the range has no records, of the first one after it
   * @param next of the first record after the range, found by the reader of this range; null if a
   *     limit on the rows was reached before
   */
  public record Range(int input, long start, Long next) implements Serializable {}

  /**
   * Copies the list.
   *
   * @param name its file name
   * @param rows number of rows in it
   * @param records records read for it, including those that the filters dropped
   * @param bytes length of the file
   * @param crc32 CRC-32 of the file
   * @param ranges ranges of its records in the inputs
   */
  public Part {
    ranges = List.copyOf(ranges);
  }

  /**
   * {@return the text of a checksum in a manifest: 8 lower-case hexadecimal digits}
   *
   * @param crc32 has taken all bytes of the file
   */
  public static String hex(CRC32 crc32) {
    return String.format("%08x", crc32.getValue());
  }

  /**
   * Compares the length and the checksum of the file, which is read to its end.
   *
   * @param source the file; stays the caller's
   * @param directory name of the directory, for errors
   * @throws IOException if it is not the file that was written
   */
  public void requireContent(ByteSource source, String directory) throws IOException {
    requireLength(source, directory);
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[BUFFER];
    int length;
    for (long at = 0; at < bytes; at += length) {
      length = source.read(at, buffer, 0, buffer.length);
      if (length == 0) {
        throw differs(directory, "it became shorter while it was read");
      }
      crc.update(buffer, 0, length);
    }
    String found = hex(crc);
    if (!found.equals(crc32)) {
      throw differs(directory, "its CRC-32 is " + found + ", the manifest says " + crc32);
    }
  }

  /**
   * Compares the length of the file only.
   *
   * @param source the file; stays the caller's
   * @param directory name of the directory, for errors
   * @throws IOException if it is another one
   */
  public void requireLength(ByteSource source, String directory) throws IOException {
    if (source.size() != bytes) {
      throw differs(directory, "it has " + source.size() + " bytes, the manifest says " + bytes);
    }
  }

  /**
   * Compares the number of rows of the file.
   *
   * @param found number of rows that were read
   * @param directory name of the directory, for errors
   * @throws IOException if it is another one
   */
  public void requireRows(long found, String directory) throws IOException {
    if (found != rows) {
      throw differs(directory, "it has " + found + " rows, the manifest says " + rows);
    }
  }

  /** The error for a file that is not the one that was written. */
  IOException differs(String directory, String problem) {
    return new WordedIOException(
        directory + ": part " + name + " is not the one that was written: " + problem,
        Manifest.AGAIN);
  }
}
