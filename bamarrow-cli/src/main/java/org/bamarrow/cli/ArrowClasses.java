package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.engine.SchemaMetadata;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.ReadingMemory;
import org.bamarrow.internal.rewrite.ArrowFilters;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.verify.ArrowToSam;

/**
 * Initializes the classes that read a region of Arrow data on a thread of its own while the command
 * line is parsed, which takes about as long (docs/performance.md, "Start-up and the JVM").
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
    @Override
    public void run() {
      try (BufferAllocator allocator = new RootAllocator(ReadingMemory.limit());
          IpcBatches file = IpcBatches.open(new FileByteSource(name, Path.of(name)))) {
        // a region without selecting a batch
        IpcSchema schema = file.ipcSchema();
        String first = SchemaMetadata.headerOf(schema.metadata()).references().get(0).name();
        RegionOptions region = RegionOptions.defaults().withRegions("{" + first + "}");
        ArrowFilters filters =
            new ArrowFilters(List.of(Path.of(name)), RowOptions.defaults(), region, warning -> {});
        List<String> columns = filters.on(name, schema).columns();
        file.zones().tryRead(filters.predicate(file));
        file.select(columns, 0, 0, allocator);
        if (asText) {
          ArrowToSam.initialize(schema);
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
