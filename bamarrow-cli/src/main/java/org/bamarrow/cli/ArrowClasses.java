package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.ReadingMemory;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.verify.ArrowToSam;

/**
 * Initializes the classes that read Arrow data on a thread of its own while the command line is
 * parsed: Arrow's class of schemas sets up a JSON library, which takes about as long as everything
 * else (docs/performance.md, "Start-up and the JVM").
 */
final class ArrowClasses {
  private static volatile Thread thread;

  private ArrowClasses() {}

  /**
   * Starts unless an argument names a BAM. The first file with Arrow data that an argument names is
   * opened as the command will do, which tells what is wrong with it.
   *
   * @return false if an argument names a BAM
   */
  static boolean initialize(String... args) {
    for (String each : args) {
      if (each.endsWith(".bam")) {
        return false; // an Arrow file may follow, to be written
      }
    }
    thread = new Thread(new Search(args), "bamarrow-arrow");
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  private record Search(String... args) implements Runnable {
    @Override
    public void run() {
      for (String each : args) {
        if (!each.startsWith("-") && isArrow(each)) {
          new Opening(each, args[0].equals("view") || args[0].equals("head")).run();
          return;
        }
      }
      Inflaters.choose(Inflater.AUTO); // for a BAM with another name, or on standard input
    }
  }

  private static boolean isArrow(String name) {
    try {
      return !Files.isDirectory(Path.of(name)) && ArrowArguments.isArrow(name);
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  /**
   * A class of its own, so that Arrow's are not loaded to verify this one.
   *
   * @param asText whether the rows are written as SAM text
   */
  private record Opening(String name, boolean asText) implements Runnable {
    /** Reads the zone map, and of its statistics only the references. */
    private static final ZoneTest REFERENCES =
        new ZoneTest() {
          @Override
          public boolean needs(ZoneColumns.Column column) {
            return false;
          }

          @Override
          public boolean needsReferences() {
            return true;
          }

          @Override
          public boolean canMatch(Zone zone) {
            return true;
          }
        };

    @Override
    public void run() {
      try (BufferAllocator allocator = new RootAllocator(ReadingMemory.limit());
          IpcBatches file = IpcBatches.open(new FileByteSource(name, Path.of(name)))) {
        file.zones().some(REFERENCES);
        List<Field> fields = file.ipcSchema().fields();
        file.selectFields(fields.subList(0, Math.min(1, fields.size())), 0, 0, allocator);
        if (asText) {
          ArrowToSam.initialize(file.ipcSchema());
        }
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
