package org.bamarrow.errors;

/** An option that has no meaning, or contradicts another. */
public final class OptionException extends IllegalArgumentException implements Worded {
  private static final long serialVersionUID = 1L;

  private final Sentence sentence;
  private String spoken;

  /**
   * An error whose message may name options.
   *
   * @param parts of a {@link Sentence#of}
   */
  public OptionException(Object... parts) {
    this(Sentence.of(parts), null);
  }

  /**
   * An error that follows from another.
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
    return spoken == null ? super.getMessage() : spoken;
  }

  @Override
  public void speak(Wording wording) {
    spoken = message(wording);
  }

  @Override
  public String message(Wording wording) {
    return Printable.message(sentence.in(wording));
  }
}
