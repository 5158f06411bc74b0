package org.bamarrow.internal.bgzf;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.apache.commons.logging.impl.NoOpLog;

/**
 * Suppresses the log output of GKL, which logs the loading of its library through commons-logging,
 * by default to standard error. The last warning is kept: the reason why loading failed.
 */
public final class GklLog extends NoOpLog {
  private static final long serialVersionUID = 1L;

  private static volatile String lastWarning = "no reason given";

  /** Called by commons-logging with the name of the logging class. */
  public GklLog(String name) {
    super(name);
  }

  static String lastWarning() {
    return lastWarning;
  }

  @Override
  public void warn(Object message) {
    lastWarning = String.valueOf(message).strip();
  }

  /**
   * Runs the first use of GKL. commons-logging reads its settings through the thread's context
   * class loader, so they apply only to loggers created here, not to other users of
   * commons-logging.
   */
  static void during(Runnable firstUse) {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(new Settings());
    try {
      firstUse.run();
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  private static final class Settings extends ClassLoader {
    Settings() {
      super(GklLog.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals("commons-logging.properties")
          ? Collections.enumeration(
              Collections.singleton(GklLog.class.getResource("gkl-logging.properties")))
          : super.getResources(name);
    }
  }
}
