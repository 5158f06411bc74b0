package org.bamarrow.internal.bam;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds one record, or just its auxiliary fields, byte by byte: a legal one or any other. */
public final class RecordBytes {
  private final ByteArrayOutputStream aux = new ByteArrayOutputStream();
  private byte[] name = {'r', 0};
  private int flag;
  private int mapq = 60;

  public RecordBytes name(String value) {
    name = (value + "\0").getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  public RecordBytes flag(int value) {
    flag = value;
    return this;
  }

  public RecordBytes mapq(int value) {
    mapq = value;
    return this;
  }

  public RecordBytes tag(String letters, char type) {
    return raw(letters.charAt(0), letters.charAt(1), type);
  }

  public RecordBytes text(String letters, String value) {
    return tag(letters, 'Z').raw((value + "\0").getBytes(StandardCharsets.ISO_8859_1));
  }

  public RecordBytes integer(String letters, char type, long value) {
    tag(letters, type);
    int bytes = "cC".indexOf(type) >= 0 ? 1 : "sS".indexOf(type) >= 0 ? 2 : 4;
    for (int i = 0; i < bytes; i++) {
      raw((int) (value >>> 8 * i));
    }
    return this;
  }

  public RecordBytes int32(int value) {
    return raw(value, value >>> 8, value >>> 16, value >>> 24);
  }

  public RecordBytes raw(int... values) {
    for (int value : values) {
      aux.write(value);
    }
    return this;
  }

  public RecordBytes raw(byte[] values) {
    aux.writeBytes(values);
    return this;
  }

  public byte[] aux() {
    return aux.toByteArray();
  }

  /** The record with its block_size: unplaced, without CIGAR, SEQ and QUAL. */
  public byte[] record() {
    int bytes = RecordLayout.READ_NAME + name.length + aux.size();
    ByteBuffer record = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(bytes - 4).putInt(-1).putInt(-1);
    record.put((byte) name.length).put((byte) mapq).putShort((short) 4680);
    record.putShort((short) 0).putShort((short) flag).putInt(0);
    record.putInt(-1).putInt(-1).putInt(0);
    return record.put(name).put(aux.toByteArray()).array();
  }
}
