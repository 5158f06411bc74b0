package org.bamarrow.internal.bam;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.bamarrow.io.VirtualOffset;

/** The true record starts of a whole BAM, by walking from its header; and its blocks. */
final class RecordStarts {
  /** Positions of all blocks. */
  final TreeSet<Long> blocks = new TreeSet<>();

  /** Virtual offsets; within is less than the size of the block. */
  final TreeSet<Long> records = new TreeSet<>();

  private final TreeMap<Integer, Long> blockByInflated = new TreeMap<>();

  RecordStarts(byte[] file) throws IOException {
    ByteBuffer data = ByteBuffer.wrap(inflate(file)).order(ByteOrder.LITTLE_ENDIAN);
    data.position(8 + data.getInt(4));
    for (int left = data.getInt(); left > 0; left--) {
      data.position(data.position() + 4 + data.getInt(data.position()) + 4);
    }
    while (data.hasRemaining()) {
      var block = blockByInflated.floorEntry(data.position());
      records.add(VirtualOffset.of(block.getValue(), data.position() - block.getKey()));
      data.position(data.position() + 4 + data.getInt(data.position()));
    }
  }

  /** The first record in or after the first block at or after {@code position}. */
  long from(long position) {
    Long record = records.ceiling(VirtualOffset.of(position));
    return record == null ? RecordFinder.NONE : record;
  }

  private byte[] inflate(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] target = new byte[1 << 16];
    Inflater inflater = new Inflater(true);
    for (int at = 0; at < file.length; ) {
      int header = 12 + (bytes.getShort(at + 10) & 0xffff);
      int field = at + 12;
      while (bytes.getShort(field) != 0x4342) {
        field += 4 + (bytes.getShort(field + 2) & 0xffff);
      }
      int size = (bytes.getShort(field + 4) & 0xffff) + 1;
      inflater.reset();
      inflater.setInput(file, at + header, size - header);
      try {
        int length = inflater.inflate(target);
        blocks.add((long) at);
        if (length > 0) {
          blockByInflated.put(out.size(), (long) at);
        }
        out.write(target, 0, length);
      } catch (DataFormatException e) {
        throw new IOException(e);
      }
      at += size;
    }
    inflater.end();
    return out.toByteArray();
  }
}
