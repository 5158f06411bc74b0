package org.bamarrow.verify;

import java.io.IOException;
import java.io.RandomAccessFile;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;

/**
 * The {@code voffset} column against htsjdk's file pointers. After the last byte of a block htsjdk
 * reports the next block even if that one is empty and the record starts after it; both offsets are
 * the same position.
 */
final class VirtualOffsetCheck implements ColumnCheck {
  private static final int BSIZE = 16;

  private final BigIntVector offsets;

  VirtualOffsetCheck(FieldVector vector) {
    this.offsets = (BigIntVector) vector;
  }

  @Override
  public void check(HtsRecord record, int row) throws Mismatch {
    long wanted = record.virtualOffset();
    if (offsets.isNull(row) || offsets.get(row) != wanted) {
      Object found = offsets.getObject(row);
      if (found == null || behindEmptyBlocks(record.file.name, wanted) != (long) found) {
        throw new Mismatch(offsets.getName(), wanted, found);
      }
    }
  }

  private static long behindEmptyBlocks(String file, long virtualOffset) {
    if ((virtualOffset & 0xffff) != 0) {
      return virtualOffset;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file, "r")) {
      long block = virtualOffset >>> 16;
      while (true) {
        // htsjdk reads only blocks whose BC subfield comes first.
        int size = 1 + (uint8(bytes, block + BSIZE) | uint8(bytes, block + BSIZE + 1) << 8);
        bytes.seek(block + size - 4);
        if (bytes.readInt() != 0) {
          return block << 16;
        }
        block += size;
      }
    } catch (IOException e) {
      return virtualOffset; // no block there: report the difference
    }
  }

  private static int uint8(RandomAccessFile bytes, long position) throws IOException {
    bytes.seek(position);
    return bytes.readUnsignedByte();
  }
}
