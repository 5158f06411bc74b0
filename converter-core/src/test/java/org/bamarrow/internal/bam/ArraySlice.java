package org.bamarrow.internal.bam;

import java.util.Arrays;
import java.util.List;

/** The records that follow one another in an array, as a slice of a file without a header. */
public record ArraySlice(byte[] data, int[] starts, BamHeader header) implements RecordSlice {
  public ArraySlice(byte[] data) {
    this(data, 0);
  }

  public ArraySlice(byte[] data, int from) {
    this(data, starts(data, from), new BamHeader(new byte[0], List.of(), 0));
  }

  private static int[] starts(byte[] data, int from) {
    int[] starts = new int[data.length / RecordLayout.READ_NAME];
    int count = 0;
    for (int at = from; at < data.length; at = RecordLayout.end(data, at)) {
      starts[count++] = at;
    }
    return Arrays.copyOf(starts, count);
  }

  @Override
  public int count() {
    return starts.length;
  }

  @Override
  public int start(int row) {
    return starts[row];
  }

  @Override
  public String file() {
    return "test.bam";
  }

  @Override
  public long virtualOffset(int row) {
    return 65536L * (row + 1);
  }
}
