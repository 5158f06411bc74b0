package org.bamarrow.internal.bgzf;

import java.util.Locale;

/**
 * The inflaters there are, and the factory of each. Safe for all threads; each thread opens its own
 * instance and closes it. A native library loads once a process, when first asked for.
 */
public enum InflaterKind {
  // In order of speed; auto takes the first that loads. On JDK 25 libdeflate 1.14 was 5 to 11 %
  // faster than GKL 0.9.1 on short, binned and long reads.
  LIBDEFLATE,
  GKL,
  JDK;

  /**
   * What {@code --inflater} takes and the report prints; the same as {@link BlockInflater#name}.
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Loads what this inflater needs: why that failed, in one sentence, or null if all is there. */
  public String missing() {
    return switch (this) {
      case GKL -> GklInflater.missing();
      case LIBDEFLATE -> LibdeflateInflater.missing();
      case JDK -> null;
    };
  }

  /**
   * A new inflater for one thread.
   *
   * @throws IllegalStateException if something is {@link #missing}
   */
  public BlockInflater open() {
    return switch (this) {
      case GKL -> GklInflater.open();
      case LIBDEFLATE -> LibdeflateInflater.open();
      case JDK -> new JdkInflater();
    };
  }
}
