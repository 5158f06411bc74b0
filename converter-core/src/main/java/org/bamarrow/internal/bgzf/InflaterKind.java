package org.bamarrow.internal.bgzf;

import java.util.Locale;

/**
 * The available inflater implementations and their factories. Thread-safe; each thread opens and
 * closes its own instance. A native library is loaded once per process, on first use.
 */
public enum InflaterKind {
  // In order of speed (docs/performance.md); auto uses the first that can be loaded.
  LIBDEFLATE,
  GKL,
  JAVA,
  JDK;

  /** The name in {@code --inflater} and in reports; the same as {@link BlockInflater#name}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Loads the library of this inflater; the reason if that failed, or null if it is available. */
  public String missing() {
    return switch (this) {
      case GKL -> GklInflater.missing();
      case LIBDEFLATE -> LibdeflateInflater.missing();
      case JAVA, JDK -> null;
    };
  }

  /**
   * A new inflater for one thread.
   *
   * @throws IllegalStateException if it is not available, see {@link #missing}
   */
  public BlockInflater open() {
    return switch (this) {
      case GKL -> GklInflater.open();
      case LIBDEFLATE -> LibdeflateInflater.open();
      case JAVA -> new JavaInflater();
      case JDK -> new JdkInflater();
    };
  }
}
