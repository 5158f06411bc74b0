package org.bamarrow.errors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the user can do about an error: one or more alternatives. An alternative that needs an
 * option is shown only where that option exists. Immutable.
 */
public final class Remedy implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No remedy. */
  public static final Remedy NONE = new Remedy(List.of());

  private final ArrayList<Sentence> ways;

  private Remedy(List<Sentence> ways) {
    this.ways = new ArrayList<>(ways);
  }

  /**
   * {@return a remedy of one alternative}
   *
   * @param parts as for {@link Sentence#of}
   */
  public static Remedy of(Object... parts) {
    return NONE.or(parts);
  }

  /**
   * {@return these alternatives and one more}
   *
   * @param parts as for {@link Sentence#of}
   */
  public Remedy or(Object... parts) {
    return or(Sentence.of(parts));
  }

  /**
   * {@return these alternatives and one more}
   *
   * @param way another alternative
   */
  public Remedy or(Sentence way) {
    List<Sentence> more = new ArrayList<>(ways);
    more.add(way);
    return new Remedy(more);
  }

  /**
   * {@return the alternatives that apply, joined by semicolons; empty if there are none}
   *
   * @param wording names of the options to use
   */
  public String in(Wording wording) {
    return ways.stream()
        .filter(way -> way.fits(wording))
        .map(way -> way.in(wording))
        .collect(Collectors.joining("; "));
  }
}
