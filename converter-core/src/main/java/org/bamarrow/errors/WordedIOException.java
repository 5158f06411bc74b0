package org.bamarrow.errors;

import java.io.IOException;

/** An error of reading or writing, with what the user can do about it. */
public class WordedIOException extends IOException implements Worded {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final Remedy remedy;
  private String spoken;

  /**
   * An error of which the user is told a way out.
   *
   * @param problem with the file's name, without a full stop
   * @param remedy what the user can do about it
   */
  public WordedIOException(String problem, Remedy remedy) {
    super(Worded.joined(problem, remedy, Wording.JAVA)); // its cause may be given later
    this.problem = problem;
    this.remedy = remedy;
  }

  /**
   * An error of which the user is told a way out.
   *
   * @param problem with the file's name, without a full stop
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
    return spoken == null ? super.getMessage() : spoken;
  }

  @Override
  public void speak(Wording wording) {
    spoken = message(wording);
  }

  @Override
  public final String message(Wording wording) {
    return Worded.joined(problem, remedy, wording);
  }
}
