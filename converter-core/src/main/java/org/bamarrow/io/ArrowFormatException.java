package org.bamarrow.io;

import java.io.IOException;

/** Invalid Arrow IPC data. The message has the file, the position, the problem and a remedy. */
public final class ArrowFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** For {@link #position()}: the position in the file is not known. */
  public static final long UNKNOWN = -1;

  private final String file;
  private final long position;

  /**
   * An error at a position in Arrow data.
   *
   * @param file the input's name as the user gave it
   * @param position 0-based offset in bytes of the invalid message, or {@link #UNKNOWN}
   * @param problem what is wrong, without a full stop
   * @param cause may be null
   */
  public ArrowFormatException(String file, long position, String problem, Throwable cause) {
    super(
        file
            + ": invalid or truncated Arrow file or stream: "
            + (position == UNKNOWN ? "" : "in the message at offset " + position + ": ")
            + problem
            + "; write the file again, or transfer it again",
        cause);
    this.file = file;
    this.position = position;
  }

  /** {@return the name of the Arrow file, as the user gave it} */
  public String file() {
    return file;
  }

  /** {@return 0-based offset in bytes of the invalid message, or {@link #UNKNOWN}} */
  public long position() {
    return position;
  }
}
