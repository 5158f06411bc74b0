package org.bamarrow.convert;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which index is used to find the records of regions. An index saves work and never changes the
 * rows.
 *
 * @param mode how the index is found
 * @param file name of the index for {@link Mode#NAMED}, a BAI or CSI; else null
 */
public record IndexChoice(Mode mode, String file) implements Serializable {
  /** How the index is found. */
  public enum Mode {
    /** The index next to each BAM, if there is one. */
    AUTO,
    /** No index: the whole file is read. */
    OFF,
    /** The given file; only for a single input. */
    NAMED
  }

  /** The index next to each BAM, if there is one. */
  public static final IndexChoice AUTO = new IndexChoice(Mode.AUTO, null);

  /** No index: the whole file is read. */
  public static final IndexChoice OFF = new IndexChoice(Mode.OFF, null);

  /**
   * Checks that a file is given if and only if the mode is {@link Mode#NAMED}.
   *
   * @param mode how the index is found
   * @param file name of the index for {@link Mode#NAMED}, a BAI or CSI
   * @throws IllegalArgumentException otherwise
   */
  public IndexChoice {
    Objects.requireNonNull(mode, "mode");
    if ((mode == Mode.NAMED) != (file != null)) {
      throw new IllegalArgumentException(
          "an index file must be given if and only if the mode is NAMED");
    }
  }

  /**
   * {@return the choice of an index file}
   *
   * @param file name of a BAI or CSI
   */
  public static IndexChoice named(String file) {
    return new IndexChoice(Mode.NAMED, Objects.requireNonNull(file, "file"));
  }

  /**
   * {@return the choice for a value of the command line}
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

  /** {@return whether the index next to each BAM is used} */
  public boolean isAuto() {
    return mode == Mode.AUTO;
  }

  /** {@return whether no index is used} */
  public boolean isOff() {
    return mode == Mode.OFF;
  }

  /** The value that {@link #parse} accepts. */
  @Override
  public String toString() {
    return switch (mode) {
      case AUTO -> "auto";
      case OFF -> "off";
      case NAMED -> file;
    };
  }
}
