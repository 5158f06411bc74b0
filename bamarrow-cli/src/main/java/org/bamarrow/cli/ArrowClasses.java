package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.ReadingMemory;
import org.bamarrow.io.FileByteSource;

/**
 * Initializes the classes that read Arrow data on a thread of its own while the command line is
 * parsed: Arrow's class of schemas sets up a JSON library, which takes about as long as everything
 * else (docs/performance.md, "Start-up and the JVM").
 */
final class ArrowClasses {
  private static volatile Thread thread;

  private ArrowClasses() {}

  /**
   * Starts if an argument names a file with Arrow data. The file is opened as the command will do,
   * which tells what is wrong with it.
   *
   * @return false if no argument does
   */
  static boolean initialize(String... args) {
    for (String each : args) {
      if (each.endsWith(".bam")) {
        return false; // an Arrow file may follow, to be written
      }
      if (!each.startsWith("-") && isArrow(each)) {
        thread = new Thread(new Opening(each), "bamarrow-arrow");
        thread.setDaemon(true);
        thread.start();
        return true;
      }
    }
    return false;
  }

  private static boolean isArrow(String name) {
    try {
      return !Files.isDirectory(Path.of(name)) && ArrowArguments.isArrow(name);
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  /** A class of its own, so that Arrow's are not loaded to verify this one. */
  private record Opening(String name) implements Runnable {
    @Override
    public void run() {
      try (BufferAllocator allocator = new RootAllocator(ReadingMemory.limit());
          IpcBatches file = IpcBatches.open(new FileByteSource(name, Path.of(name)))) {
        file.select(List.of(), 0, 0, allocator);
      } catch (IOException | RuntimeException | Error e) {
        return; // the command fails in the same way
      }
    }
  }

  /** Waits until they are initialized; to be called before a command uses them. */
  static void await() {
    Thread running = thread;
    try {
      if (running != null) {
        running.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next blocking call reports it
    }
  }
}
