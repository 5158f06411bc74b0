package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Buffers of a batch: positions, names, and bases and qualities with equal offsets. */
final class MadeBuffers {
  private MadeBuffers() {}

  static List<byte[]> of(int rows, int seed) {
    Random random = new Random(seed);
    StringBuilder names = new StringBuilder();
    StringBuilder bases = new StringBuilder();
    StringBuilder qualities = new StringBuilder();
    ByteBuffer positions = ints(rows);
    ByteBuffer nameOffsets = ints(rows + 1).putInt(0);
    ByteBuffer offsets = ints(rows + 1).putInt(0);
    int position = 10_000;
    for (int row = 0; row < rows; row++) {
      position += random.nextInt(30);
      positions.putInt(position);
      nameOffsets.putInt(names.append("run7:").append(random.nextInt(100_000)).length());
      for (int i = 60 + random.nextInt(40); i > 0; i--) {
        bases.append("ACGT".charAt(random.nextInt(4)));
        qualities.append((char) ('!' + random.nextInt(40)));
      }
      offsets.putInt(bases.length());
    }
    return new ArrayList<>(
        List.of(
            new byte[0],
            positions.array(),
            new byte[rows / 8],
            nameOffsets.array(),
            bytes(names),
            new byte[0],
            offsets.array(),
            bytes(bases),
            new byte[0],
            offsets.array(),
            bytes(qualities)));
  }

  private static ByteBuffer ints(int count) {
    return ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
