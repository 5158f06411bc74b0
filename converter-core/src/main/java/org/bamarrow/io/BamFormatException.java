package org.bamarrow.io;

import org.bamarrow.errors.RecordPlace;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.WordedIOException;

/**
 * Input that is not what the SAM/BAM specification says: one clear sentence with the file, where in
 * it, what is wrong and what to do.
 */
public final class BamFormatException extends WordedIOException {
  private static final long serialVersionUID = 1L;

  /** For {@link #virtualOffset()}: the place in the file is not known. */
  public static final long UNKNOWN = -1;

  private final String file;
  private final RecordPlace record;
  private final long virtualOffset;
  private final String problem;

  /**
   * An error at a place in an input.
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
   * An error of one record.
   *
   * @param file name of the input
   * @param record which one; null: no record's
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
   * The record that is wrong, or null where it is no record's error.
   *
   * @return where it is, or null where that is not known
   */
  public RecordPlace record() {
    return record;
  }

  /**
   * {@return the same error in a reading that began behind other records of the file}
   *
   * @param records so many
   */
  public BamFormatException behind(long records) {
    if (record == null) {
      return this;
    }
    RecordPlace place = record.behind(records);
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
