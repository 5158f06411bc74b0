package org.bamarrow.verify;

import htsjdk.samtools.SAMRecord;
import htsjdk.samtools.SAMRecordIterator;
import htsjdk.samtools.SamReader;
import htsjdk.samtools.SamReaderFactory;
import htsjdk.samtools.ValidationStringency;
import htsjdk.samtools.util.BlockCompressedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One BAM file as htsjdk reads it. Text and dictionary of the header are read once more through
 * htsjdk's BGZF stream, since its header object is not the text byte for byte and cuts names.
 */
final class HtsFile implements Closeable {
  /** Sample and library of a read group, each null if the header has none. */
  record ReadGroup(String sample, String library) {}

  final String name;
  final byte[] text;

  /** Names without the NUL, in dictionary order. */
  final byte[][] referenceNames;

  final int[] referenceLengths;
  final Map<String, ReadGroup> readGroups = new HashMap<>();
  private final Path path;

  // null before the first record
  private SamReader reader;
  private SAMRecordIterator records;

  HtsFile(String name) throws IOException, HtsjdkException {
    this.name = name;
    this.path = Path.of(name);
    try (BlockCompressedInputStream blocks = new BlockCompressedInputStream(path);
        DataInputStream header = new DataInputStream(blocks)) {
      byte[] magic = exactly(header, 4);
      if (!Arrays.equals(magic, new byte[] {'B', 'A', 'M', 1})) {
        throw new HtsjdkException(name + ": not a BAM file", null);
      }
      text = withoutPadding(exactly(header, int32(header)));
      int count = int32(header);
      byte[][] names = new byte[0][];
      int[] lengths = new int[0];
      for (int i = 0; i < count; i++) {
        if (i == names.length) {
          names = Arrays.copyOf(names, Math.min(count, 2 * i + 16));
          lengths = Arrays.copyOf(lengths, names.length);
        }
        names[i] = withoutPadding(exactly(header, int32(header)));
        lengths[i] = int32(header);
      }
      referenceNames = names;
      referenceLengths = lengths;
    } catch (FileSystemException e) {
      throw e; // no such file and the like: not an error of htsjdk
    } catch (IOException | RuntimeException e) {
      throw limit("its header", e);
    }
    collectReadGroups();
  }

  private static byte[] exactly(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the header ends within " + length + " bytes");
    }
    return bytes;
  }

  private static int int32(DataInputStream in) throws IOException {
    return Integer.reverseBytes(in.readInt());
  }

  private static byte[] withoutPadding(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  /** The first of duplicate IDs is used. */
  private void collectReadGroups() {
    for (String line : new String(text, StandardCharsets.ISO_8859_1).split("\r?\n")) {
      String[] fields = line.split("\t");
      String id = field(fields, "ID:");
      if (fields[0].equals("@RG") && id != null) {
        readGroups.putIfAbsent(id, new ReadGroup(field(fields, "SM:"), field(fields, "LB:")));
      }
    }
  }

  static String field(String[] fields, String key) {
    for (String field : fields) {
      if (field.startsWith(key)) {
        return field.substring(key.length());
      }
    }
    return null;
  }

  /** The @HD line's SO, or {@code unknown}. */
  String sortOrder() {
    String first = new String(text, StandardCharsets.ISO_8859_1).split("\r?\n", 2)[0];
    String order = first.startsWith("@HD\t") ? field(first.split("\t"), "SO:") : null;
    return order == null || order.isEmpty() ? "unknown" : order;
  }

  /** A reference name as in the columns: UTF-8, or Latin-1 if it is not valid UTF-8. */
  String referenceName(int index) {
    byte[] name = referenceNames[index];
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(name, StandardCharsets.ISO_8859_1);
    }
  }

  /** The next record, or null after the last; {@code number} is its 1-based number. */
  SAMRecord next(long number) throws HtsjdkException {
    if (records == null) {
      open();
    }
    try {
      return records.hasNext() ? records.next() : null;
    } catch (RuntimeException e) {
      throw limit("record " + number, e);
    }
  }

  private void open() throws HtsjdkException {
    try {
      reader =
          SamReaderFactory.make()
              .validationStringency(ValidationStringency.SILENT)
              .disable(SamReaderFactory.Option.EAGERLY_DECODE)
              .enable(SamReaderFactory.Option.VALIDATE_CRC_CHECKSUMS)
              .enable(SamReaderFactory.Option.INCLUDE_SOURCE_IN_RECORDS)
              .open(path);
      records = reader.iterator();
    } catch (RuntimeException e) {
      throw limit("its header", e);
    }
  }

  /** htsjdk throws various runtime exceptions for data it cannot read. */
  HtsjdkException limit(String where, Exception cause) {
    return new HtsjdkException(name + ": htsjdk cannot read " + where + ": " + cause, cause);
  }

  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
    }
    if (reader != null) {
      reader.close();
    }
  }
}
