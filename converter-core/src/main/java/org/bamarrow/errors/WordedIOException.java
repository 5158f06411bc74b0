package org.bamarrow.errors;

import java.io.IOException;

/** An error of reading or writing, with a remedy. */
public class WordedIOException extends IOException implements Worded {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final Remedy remedy;
  private String worded;

  /**
   * An error with a remedy.
   *
   * @param problem what is wrong, with the file's name, without a full stop
   * @param remedy what the user can do about it
   */
  public WordedIOException(String problem, Remedy remedy) {
    super(
        Worded.joined(
            problem, remedy, Wording.JAVA)); // without a cause, so that initCause can be called
    this.problem = problem;
    this.remedy = remedy;
  }

  /**
   * An error with a remedy.
   *
   * @param problem what is wrong, with the file's name, without a full stop
   * @param remedy what the user can do about it
   * @param cause may be null
   */
  public WordedIOException(String problem, Remedy remedy, Throwable cause) {
    super(Worded.joined(problem, remedy, Wording.JAVA), cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** {@return what the user can do about it} */
  public final Remedy remedy() {
    return remedy;
  }

  @Override
  public String getMessage() {
    return worded == null ? super.getMessage() : worded;
  }

  @Override
  public void speak(Wording wording) {
    worded = message(wording);
  }

  @Override
  public final String message(Wording wording) {
    return Worded.joined(problem, remedy, wording);
  }
}
