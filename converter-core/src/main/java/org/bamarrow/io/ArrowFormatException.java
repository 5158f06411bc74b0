package org.bamarrow.io;

import java.io.IOException;

/**
 * Arrow data that are not what the Arrow columnar format says: one clear sentence with the file,
 * where in it, what is wrong and what to do.
 */
public final class ArrowFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** For {@link #position()}: the place in the file is not known. */
  public static final long UNKNOWN = -1;

  private final String file;
  private final long position;

  /**
   * An error at a place in Arrow data.
   *
   * @param file the input's name as the user gave it
   * @param position 0-based offset in bytes of the message that is not sound, or {@link #UNKNOWN}
   * @param problem what is wrong, without a full stop
   * @param cause what told, or null
   */
  public ArrowFormatException(String file, long position, String problem, Throwable cause) {
    super(
        file
            + ": not a whole Arrow file or stream: "
            + (position == UNKNOWN ? "" : "in the message at byte " + position + ": ")
            + problem
            + "; write it again, or fetch it again",
        cause);
    this.file = file;
    this.position = position;
  }

  /** {@return the name of the Arrow file, as the user gave it} */
  public String file() {
    return file;
  }

  /** {@return offset in the file in bytes of what is wrong, or {@link #UNKNOWN}} */
  public long position() {
    return position;
  }
}
