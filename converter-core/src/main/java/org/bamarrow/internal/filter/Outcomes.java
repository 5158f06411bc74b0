package org.bamarrow.internal.filter;

/** Sets of outcomes of three-valued logic, as bits. */
final class Outcomes {
  static final int FALSE = 1 << Node.FALSE;
  static final int UNKNOWN = 1 << Node.UNKNOWN;
  static final int TRUE = 1 << Node.TRUE;

  static final int ANY = FALSE | UNKNOWN | TRUE;

  private Outcomes() {}

  static boolean canBeTrue(int outcomes) {
    return (outcomes & TRUE) != 0;
  }

  /**
   * The outcomes of a conjunction, whatever the outcomes of its operands have to do with another.
   */
  static int and(int one, int two) {
    int both = (one | two) & FALSE | one & two & TRUE;
    boolean unknown =
        (one & UNKNOWN) != 0 && (two & (UNKNOWN | TRUE)) != 0
            || (two & UNKNOWN) != 0 && (one & TRUE) != 0;
    return unknown ? both | UNKNOWN : both;
  }

  static int or(int one, int two) {
    return not(and(not(one), not(two)));
  }

  static int not(int outcomes) {
    return outcomes & UNKNOWN | (outcomes & FALSE) << 2 | (outcomes & TRUE) >> 2;
  }
}
