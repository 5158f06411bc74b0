package org.bamarrow.internal.bgzf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.bamarrow.convert.Inflater;

/** The choice of the inflater, made once a conversion. */
public final class Inflaters {
  private Inflaters() {}

  /**
   * @throws IllegalArgumentException if the inflater cannot be loaded here; the message says why
   */
  public static InflaterKind choose(Inflater inflater) {
    return switch (inflater) {
      case AUTO -> fastest();
      case LIBDEFLATE -> loaded(InflaterKind.LIBDEFLATE);
      case GKL -> loaded(InflaterKind.GKL);
      case JDK -> InflaterKind.JDK;
    };
  }

  /**
   * As {@link #choose}, on a thread of its own: a native library takes as long to load as the
   * headers take to be read with the JDK's inflater.
   *
   * @return waits for the choice, and throws what {@link #choose} threw
   */
  public static Supplier<InflaterKind> chooseMeanwhile(Inflater inflater) {
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
          interrupted = true; // it is there in a moment; whoever reads or waits next will tell
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("an inflater could not be chosen", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The kinds stand in order of speed; the last one always loads. */
  private static InflaterKind fastest() {
    for (InflaterKind kind : InflaterKind.values()) {
      if (kind.missing() == null) {
        return kind;
      }
    }
    throw new AssertionError("the JDK's inflater is always there");
  }

  /**
   * Why {@code auto} takes none of the faster kinds, a sentence each. Told on demand and not
   * logged: the logging library would cost every start a tenth of its time.
   */
  public static List<String> passedOver() {
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
