package org.bamarrow.errors;

/** An invalid option value, or options that contradict each other. */
public final class OptionException extends IllegalArgumentException implements Worded {
  private static final long serialVersionUID = 1L;

  private final Sentence sentence;
  private String worded;

  /**
   * An error whose message may name options.
   *
   * @param parts as for {@link Sentence#of}
   */
  public OptionException(Object... parts) {
    this(Sentence.of(parts), null);
  }

  /**
   * An error with a cause.
   *
   * @param sentence what is wrong, with the options as data
   * @param cause may be null
   */
  public OptionException(Sentence sentence, Throwable cause) {
    super(Printable.message(sentence.in(Wording.JAVA)), cause);
    this.sentence = sentence;
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
  public String message(Wording wording) {
    return Printable.message(sentence.in(wording));
  }
}
