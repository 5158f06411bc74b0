package org.bamarrow.synth;

import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One BGZF block with its own buffers and deflater, which are reused. It is filled and compressed
 * by different threads, never at the same time (see {@link BgzfWriter}).
 */
final class DeflateBlock implements Callable<DeflateBlock> {
  private static final int HEADER = 18;
  private static final int FOOTER = 8;
  private static final int MAX = 1 << 16;

  final byte[] input = new byte[SynthOptions.MAX_BLOCK];
  int length;
  final byte[] output = new byte[MAX];
  int outputLength;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();

  DeflateBlock(int level) {
    deflater = new Deflater(level, true);
    byte[] header = {31, (byte) 139, 8, 4, 0, 0, 0, 0, 0, (byte) 255, 6, 0, 'B', 'C', 2, 0};
    System.arraycopy(header, 0, output, 0, header.length);
  }

  @Override
  public DeflateBlock call() {
    deflater.reset();
    deflater.setInput(input, 0, length);
    deflater.finish();
    int deflated = deflater.deflate(output, HEADER, MAX - HEADER - FOOTER);
    if (!deflater.finished()) {
      throw new IllegalStateException(length + " bytes do not fit into one BGZF block");
    }
    crc.reset();
    crc.update(input, 0, length);
    outputLength = HEADER + deflated + FOOTER;
    put(16, outputLength - 1, 2);
    put(HEADER + deflated, crc.getValue(), 4);
    put(HEADER + deflated + 4, length, 4);
    return this;
  }

  void end() {
    deflater.end();
  }

  private void put(int at, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      output[at + i] = (byte) (value >>> (8 * i));
    }
  }

  /** The 28 bytes of SAMv1 4.1.2. */
  static byte[] endOfFile() {
    byte[] marker = new byte[28];
    byte[] head = {31, (byte) 139, 8, 4, 0, 0, 0, 0, 0, (byte) 255, 6, 0, 'B', 'C', 2, 0, 27, 0, 3};
    System.arraycopy(head, 0, marker, 0, head.length);
    return marker;
  }
}
