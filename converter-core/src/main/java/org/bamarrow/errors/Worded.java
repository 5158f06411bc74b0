package org.bamarrow.errors;

import java.io.UncheckedIOException;

/**
 * An error that names options. {@link Throwable#getMessage} has the API's words for them; whoever
 * shows it elsewhere asks for others.
 */
public interface Worded {
  /**
   * {@return the whole message}
   *
   * @param wording names of the options where the text is shown
   */
  String message(Wording wording);

  /**
   * From now on {@link Throwable#getMessage} has these words: for whoever hands the error on to
   * those who know nothing of wordings.
   *
   * @param wording names of the options where the text is shown
   */
  void speak(Wording wording);

  /**
   * Has an error and its causes {@link #speak} these words.
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
   * {@return the message of any error, which may be null}
   *
   * @param error any error
   * @param wording names of the options where the text is shown
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
   * {@return a problem and what can be done about it, as one message; controls in it are escaped}
   *
   * @param problem what is wrong, without a full stop
   * @param remedy what the user can do about it
   * @param wording names of the options where the text is shown
   */
  static String joined(String problem, Remedy remedy, Wording wording) {
    String ways = remedy.in(wording);
    String text = Printable.message(problem);
    return ways.isEmpty() ? text : text + "; " + Printable.message(ways);
  }
}
