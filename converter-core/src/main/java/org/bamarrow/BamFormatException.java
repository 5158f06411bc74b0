package org.bamarrow;

import java.io.IOException;

/**
 * Input that is not what the SAM/BAM specification says: one clear sentence with the file, where in
 * it, what is wrong and what to do.
 */
public final class BamFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** For {@link #virtualOffset()}: the place in the file is not known. */
  public static final long UNKNOWN = -1;

  private final String file;
  private final long virtualOffset;

  /**
   * @param file the input's name as the user gave it
   * @param virtualOffset BGZF virtual offset (SAM specification 4.1.1) of the block or record, or
   *     {@link #UNKNOWN}
   * @param problem what is wrong, without a full stop
   * @param remedy what the user can do, or null where nothing helps
   */
  public BamFormatException(String file, long virtualOffset, String problem, String remedy) {
    super(message(file, virtualOffset, problem, remedy));
    this.file = file;
    this.virtualOffset = virtualOffset;
  }

  public String file() {
    return file;
  }

  public long virtualOffset() {
    return virtualOffset;
  }

  private static String message(String file, long virtualOffset, String problem, String remedy) {
    StringBuilder text = new StringBuilder(file);
    if (virtualOffset != UNKNOWN) {
      text.append(": at virtual offset ").append(virtualOffset);
      text.append(" (block at byte ").append(virtualOffset >>> 16);
      text.append(", ").append(virtualOffset & 0xffff).append(" within)");
    }
    text.append(": ").append(problem);
    if (remedy != null) {
      text.append("; ").append(remedy);
    }
    return text.toString();
  }
}
