package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bamarrow.io.ByteSource;

/** Tells Arrow data by their first bytes; loads no class of Arrow. */
public final class ArrowStart {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTINUATION = {-1, -1, -1, -1};

  private ArrowStart() {}

  /** Whether the source is an Arrow IPC file or stream. */
  public static boolean isArrow(ByteSource source) throws IOException {
    return isFile(source) || startsWith(source, CONTINUATION);
  }

  /** Whether the source is an Arrow IPC file, not a stream. */
  public static boolean isFile(ByteSource source) throws IOException {
    return startsWith(source, MAGIC);
  }

  private static boolean startsWith(ByteSource source, byte[] bytes) throws IOException {
    byte[] start = new byte[bytes.length];
    return source.read(0, start, 0, start.length) == start.length && Arrays.equals(start, bytes);
  }
}
