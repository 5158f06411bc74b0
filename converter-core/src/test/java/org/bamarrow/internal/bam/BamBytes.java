package org.bamarrow.internal.bam;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The inflated bytes of a BAM: a header with one reference, then records. */
public final class BamBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public BamBytes() {
    this(new byte[0]);
  }

  /**
   * @param text the header's SAM text
   */
  public BamBytes(byte[] text) {
    ByteBuffer header = ByteBuffer.allocate(22 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    header
        .putInt(0x014d4142)
        .putInt(text.length)
        .put(text)
        .putInt(1)
        .putInt(2)
        .putShort((short) 'r')
        .putInt(1000);
    out.writeBytes(header.array());
  }

  public BamBytes add(RecordBytes record) {
    return add(record.record());
  }

  public BamBytes add(byte[] record) {
    out.writeBytes(record);
    return this;
  }

  /** Adds plain records of a name and one tag. */
  public BamBytes plain(int count) {
    for (int i = 0; i < count; i++) {
      add(new RecordBytes().name("read" + i).integer("NM", 'C', i & 0xff));
    }
    return this;
  }

  public int size() {
    return out.size();
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
