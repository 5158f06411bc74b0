package org.bamarrow.errors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the user can do about an error: one way or several. A way that needs an option is told only
 * where that option exists. Immutable.
 */
public final class Remedy implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing helps. */
  public static final Remedy NONE = new Remedy(List.of());

  private final ArrayList<Sentence> ways;

  private Remedy(List<Sentence> ways) {
    this.ways = new ArrayList<>(ways);
  }

  /**
   * {@return one way, by the parts of a {@link Sentence#of}}
   *
   * @param parts of a {@link Sentence#of}
   */
  public static Remedy of(Object... parts) {
    return NONE.or(parts);
  }

  /**
   * {@return these ways and one more}
   *
   * @param parts of a {@link Sentence#of}
   */
  public Remedy or(Object... parts) {
    return or(Sentence.of(parts));
  }

  /**
   * {@return these ways and one more}
   *
   * @param way what else can be done
   */
  public Remedy or(Sentence way) {
    List<Sentence> more = new ArrayList<>(ways);
    more.add(way);
    return new Remedy(more);
  }

  /**
   * {@return the ways that there are, joined; empty where there are none}
   *
   * @param wording names of the options where the text is shown
   */
  public String in(Wording wording) {
    return ways.stream()
        .filter(way -> way.fits(wording))
        .map(way -> way.in(wording))
        .collect(Collectors.joining("; "));
  }
}
