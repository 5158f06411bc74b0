package org.bamarrow.internal.index;

import java.io.IOException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Printable;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.Worded;
import org.bamarrow.errors.WordedIOException;
import org.bamarrow.errors.Wording;

/**
 * An index that is damaged or does not belong to the file; the caller reads the whole file instead.
 */
public final class UnusableIndexException extends IOException {
  /** The fallback of the command line, for warnings. */
  public static final String WHOLE_FILE = "reading the whole file";

  private static final long serialVersionUID = 1L;

  private final String index;
  private final String reason;

  /**
   * @param index name of the index file
   * @param reason what is wrong, without a full stop
   */
  public UnusableIndexException(String index, String reason) {
    super(Printable.message("index " + index + " is not used: " + reason));
    this.index = index;
    this.reason = reason;
  }

  /**
   * An error while reading through an index; it is attributed to the index until reading without it
   * fails, too.
   */
  public static UnusableIndexException during(IOException e) {
    if (e instanceof UnusableIndexException index) {
      return index;
    }
    UnusableIndexException unusable =
        new UnusableIndexException(
            "of the input", "reading with it failed: " + Worded.message(e, Wording.NONE));
    unusable.initCause(e);
    return unusable;
  }

  /**
   * The warning for the user, one line.
   *
   * @param instead what is done instead
   */
  public String warning(String instead) {
    return getMessage() + "; create a new one with samtools index; " + instead;
  }

  /** The error for the user if it is too late to read the whole file instead. */
  public IOException asError() {
    return new WordedIOException(
        "index " + index + " does not match the file: " + reason,
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
