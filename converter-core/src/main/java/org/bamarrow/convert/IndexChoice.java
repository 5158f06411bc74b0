package org.bamarrow.convert;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where the index is that leads to the regions. An index saves work and never changes the rows.
 *
 * @param mode how the index is found
 * @param file name of the index for {@link Mode#NAMED}, a BAI or CSI; else null
 */
public record IndexChoice(Mode mode, String file) implements Serializable {
  /** How the index is found. */
  public enum Mode {
    /** The index beside each BAM, where there is one. */
    AUTO,
    /** No index: the whole file is read. */
    OFF,
    /** The file that is named; for one input. */
    NAMED
  }

  /** The index beside each BAM, where there is one. */
  public static final IndexChoice AUTO = new IndexChoice(Mode.AUTO, null);

  /** No index: the whole file is read. */
  public static final IndexChoice OFF = new IndexChoice(Mode.OFF, null);

  /**
   * Checks that a file is named where, and only where, it has a meaning.
   *
   * @param mode how the index is found
   * @param file name of the index for {@link Mode#NAMED}, a BAI or CSI
   * @throws IllegalArgumentException if it is not
   */
  public IndexChoice {
    Objects.requireNonNull(mode, "mode");
    if ((mode == Mode.NAMED) != (file != null)) {
      throw new IllegalArgumentException("an index file belongs to the mode NAMED, and only there");
    }
  }

  /**
   * {@return one index, by its name}
   *
   * @param file name of a BAI or CSI
   */
  public static IndexChoice named(String file) {
    return new IndexChoice(Mode.NAMED, Objects.requireNonNull(file, "file"));
  }

  /**
   * {@return the choice as the command line writes it}
   *
   * @param text {@code auto}, {@code off} or the name of an index
   */
  public static IndexChoice parse(String text) {
    return switch (text) {
      case "auto" -> AUTO;
      case "off" -> OFF;
      default -> named(text);
    };
  }

  /** {@return whether the index beside each BAM is used} */
  public boolean isAuto() {
    return mode == Mode.AUTO;
  }

  /** {@return whether no index is used} */
  public boolean isOff() {
    return mode == Mode.OFF;
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    return switch (mode) {
      case AUTO -> "auto";
      case OFF -> "off";
      case NAMED -> file;
    };
  }
}
