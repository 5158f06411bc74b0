package org.bamarrow.internal.index;

import java.io.IOException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Printable;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.Worded;
import org.bamarrow.errors.WordedIOException;
import org.bamarrow.errors.Wording;

/** An index that is damaged, or not this file's: whoever wanted it reads the whole file instead. */
public final class UnusableIndexException extends IOException {
  /** What the command line does without an index. */
  public static final String WHOLE_FILE = "reading the whole file";

  private static final long serialVersionUID = 1L;

  private final String index;
  private final String reason;

  /**
   * @param index the index file's name
   * @param reason what is wrong, without a full stop
   */
  public UnusableIndexException(String index, String reason) {
    super(Printable.message("index " + index + " is not used: " + reason));
    this.index = index;
    this.reason = reason;
  }

  /** What failed while an index led the reading: its fault, until reading without it fails too. */
  public static UnusableIndexException during(IOException e) {
    if (e instanceof UnusableIndexException index) {
      return index;
    }
    UnusableIndexException unusable =
        new UnusableIndexException(
            "of the input", "reading along it failed: " + Worded.message(e, Wording.NONE));
    unusable.initCause(e);
    return unusable;
  }

  /**
   * One line for who wanted the index.
   *
   * @param instead what is done without it
   */
  public String warning(String instead) {
    return getMessage() + "; make a new one with samtools index; " + instead;
  }

  /** As an error, where it is too late to read the whole file instead. */
  public IOException asError() {
    return new WordedIOException(
        "index " + index + " does not fit: " + reason,
        Remedy.of("read without it: ", OptionKey.INDEX.setTo("off")),
        this);
  }

  public String index() {
    return index;
  }

  public String reason() {
    return reason;
  }
}
