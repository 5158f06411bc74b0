package org.bamarrow.internal.bgzf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.bamarrow.convert.Inflater;

/** Chooses the inflater, once per conversion. */
public final class Inflaters {
  private Inflaters() {}

  /**
   * @throws IllegalArgumentException if the inflater cannot be loaded; the message has the reason
   */
  public static InflaterKind choose(Inflater inflater) {
    return switch (inflater) {
      case AUTO -> fastest();
      case LIBDEFLATE -> loaded(InflaterKind.LIBDEFLATE);
      case GKL -> loaded(InflaterKind.GKL);
      case JAVA -> InflaterKind.JAVA;
      case JDK -> InflaterKind.JDK;
    };
  }

  /**
   * As {@link #choose}, on another thread, so that the headers can be read with the JDK's inflater
   * while a native library loads.
   *
   * @return supplier that waits for the choice and rethrows exceptions of {@link #choose}
   */
  public static Supplier<InflaterKind> chooseAsync(Inflater inflater) {
    FutureTask<InflaterKind> choice = new FutureTask<>(() -> choose(inflater));
    Thread thread = new Thread(choice, "bamarrow-inflater");
    thread.setDaemon(true);
    thread.start();
    return () -> result(choice);
  }

  private static InflaterKind result(FutureTask<InflaterKind> choice) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return choice.get();
        } catch (InterruptedException e) {
          interrupted =
              true; // the result is available soon; the next blocking call reports the interrupt
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("choosing an inflater failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The kinds are in order of speed; the last one is always available. */
  private static InflaterKind fastest() {
    for (InflaterKind kind : InflaterKind.values()) {
      if (kind.missing() == null) {
        return kind;
      }
    }
    throw new AssertionError("the JDK's inflater is always available");
  }

  /**
   * Why {@code auto} does not use the faster kinds, one message each. Not logged: loading a logging
   * library would add a tenth to the start-up time.
   */
  public static List<String> unavailableFaster() {
    List<String> reasons = new ArrayList<>();
    InflaterKind chosen = fastest();
    for (InflaterKind kind : InflaterKind.values()) {
      if (kind == chosen) {
        break;
      }
      reasons.add("inflater " + kind.word() + " is not used: " + kind.missing());
    }
    return reasons;
  }

  private static InflaterKind loaded(InflaterKind kind) {
    if (kind.missing() != null) {
      throw new IllegalArgumentException(
          "inflater " + kind.word() + " cannot be used: " + kind.missing());
    }
    return kind;
  }
}
