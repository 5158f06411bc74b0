package org.bamarrow.io;

import org.bamarrow.errors.RecordPlace;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;

/**
 * Input that does not conform to the SAM/BAM specification. The message has the file, the position,
 * the problem and a remedy.
 */
public final class BamFormatException extends WordedIOException {
  private static final long serialVersionUID = 1L;

  /** For {@link #virtualOffset()}: the position in the file is not known. */
  public static final long UNKNOWN = -1;

  private final String file;
  private final RecordPlace record;
  private final long virtualOffset;
  private final String problem;

  /**
   * An error at a position in an input.
   *
   * @param file the input's name as the user gave it
   * @param virtualOffset BGZF virtual offset (SAM specification 4.1.1) of the block or record, or
   *     {@link #UNKNOWN}
   * @param problem what is wrong, without a full stop
   * @param remedy what the user can do
   */
  public BamFormatException(String file, long virtualOffset, String problem, Remedy remedy) {
    this(file, null, virtualOffset, problem, remedy);
  }

  /**
   * As the other constructor, with a remedy that names no option.
   *
   * @param remedy what the user can do about it
   * @param file name of the input
   * @param virtualOffset virtual offset of the damage (SAM specification 4.1.1), or {@link
   *     #UNKNOWN}
   * @param problem what is wrong, without a full stop
   */
  public BamFormatException(String file, long virtualOffset, String problem, String remedy) {
    this(file, virtualOffset, problem, Remedy.of(remedy));
  }

  /**
   * An error in one record.
   *
   * @param file name of the input
   * @param record the record; null if the error is not about one record
   * @param virtualOffset virtual offset of the damage (SAM specification 4.1.1), or {@link
   *     #UNKNOWN}
   * @param problem what is wrong, without a full stop
   * @param remedy what the user can do about it
   */
  public BamFormatException(
      String file, RecordPlace record, long virtualOffset, String problem, Remedy remedy) {
    super(whole(file, record, virtualOffset, problem), remedy);
    this.file = file;
    this.record = record;
    this.virtualOffset = virtualOffset;
    this.problem = problem;
  }

  /** {@return the name of the input, as the user gave it} */
  public String file() {
    return file;
  }

  /** {@return virtual offset of the damage (SAM specification 4.1.1), or {@link #UNKNOWN}} */
  public long virtualOffset() {
    return virtualOffset;
  }

  /**
   * The invalid record.
   *
   * @return null if the error is not about one record
   */
  public RecordPlace record() {
    return record;
  }

  /**
   * {@return the same error, with its record numbered from the start of the file}
   *
   * @param records number of records in the file before the first one read
   */
  public BamFormatException after(long records) {
    if (record == null) {
      return this;
    }
    RecordPlace place = record.after(records);
    BamFormatException moved =
        new BamFormatException(file, place, virtualOffset, problem, remedy());
    moved.initCause(this);
    return moved;
  }

  private static String whole(String file, RecordPlace record, long virtualOffset, String problem) {
    StringBuilder text = new StringBuilder(file);
    if (virtualOffset != UNKNOWN) {
      text.append(": at virtual offset ").append(virtualOffset);
      text.append(" (block at byte ").append(VirtualOffset.block(virtualOffset));
      text.append(", ").append(VirtualOffset.within(virtualOffset)).append(" within)");
    }
    if (record != null) {
      text.append(": ").append(record);
    }
    return text.append(": ").append(problem).toString();
  }
}
