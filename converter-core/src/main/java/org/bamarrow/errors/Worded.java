package org.bamarrow.errors;

import java.io.UncheckedIOException;

/**
 * An error whose message names options. {@link Throwable#getMessage} uses the API's names by
 * default; other interfaces request their own names.
 */
public interface Worded {
  /**
   * {@return the whole message}
   *
   * @param wording names of the options to use
   */
  String message(Wording wording);

  /**
   * Makes {@link Throwable#getMessage} use these names from now on, for callers that only see the
   * message.
   *
   * @param wording names of the options to use
   */
  void speak(Wording wording);

  /**
   * Applies {@link #speak} to an error and its causes.
   *
   * @param <E> kind of the error
   * @param error any error
   * @param wording names of the options where the text is shown
   * @return the error
   */
  static <E extends Throwable> E speaking(E error, Wording wording) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof Worded worded) {
        worded.speak(wording);
      }
    }
    return error;
  }

  /**
   * {@return the message of any error; may be null}
   *
   * @param error any error
   * @param wording names of the options to use
   */
  static String message(Throwable error, Wording wording) {
    if (error instanceof Worded worded) {
      return worded.message(wording);
    }
    return error instanceof UncheckedIOException unchecked
        ? message(unchecked.getCause(), wording)
        : error.getMessage();
  }

  /**
   * {@return a problem and its remedy as one message, with control characters escaped}
   *
   * @param problem what is wrong, without a full stop
   * @param remedy what the user can do about it
   * @param wording names of the options to use
   */
  static String joined(String problem, Remedy remedy, Wording wording) {
    String ways = remedy.in(wording);
    String text = Printable.message(problem);
    return ways.isEmpty() ? text : text + "; " + Printable.message(ways);
  }
}
