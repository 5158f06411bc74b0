package org.bamarrow.parts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
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
 * @param zone what is known of the values of all rows, as a JSON object ({@code docs/schema.md});
 *     null: nothing
 */
public record Part(
    String name,
    long rows,
    long records,
    long bytes,
    String crc32,
    List<Range> ranges,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonRawValue
        @JsonDeserialize(using = ManifestJson.Text.class)
        String zone)
    implements Serializable {
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
   * @param zone what is known of the values of all rows, as JSON; null: nothing
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
    String problem = Checksum.problem(source, bytes, crc32);
    if (problem != null) {
      throw differs(directory, problem);
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
    requireLength(source.size(), directory);
  }

  /**
   * Compares the length of the file, which need not be open.
   *
   * @param found length in bytes
   * @param directory name of the directory, for errors
   * @throws IOException if it is another one
   */
  public void requireLength(long found, String directory) throws IOException {
    if (found != bytes) {
      throw differs(directory, "it has " + found + " bytes, the manifest says " + bytes);
    }
  }

  /** The same without what is known of its rows. */
  Part withoutZone() {
    return new Part(name, rows, records, bytes, crc32, ranges, null);
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
