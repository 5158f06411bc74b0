package org.bamarrow.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Strategy;

/**
 * One point of a grid.
 *
 * @param chunkBytes compressed bytes per chunk, which may inflate to eight times as many
 */
public record SweepSettings(
    int threads, int rows, int chunkBytes, int readBytes, int writeBytes, Compression compression) {
  private static final int INFLATED_PER_CHUNK = 8;
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final SweepSettings DEFAULT =
      new SweepSettings(
          1,
          BatchOptions.defaults().rows(),
          BatchOptions.defaults().chunkBytes(),
          MachineOptions.defaults().readBytes(),
          OutputOptions.defaults().writeBytes(),
          Compression.NONE);

  /** 16 points: 1 and all threads, two sizes of batches and chunks, with and without LZ4. */
  public static List<SweepSettings> small(int maxThreads) {
    return product(
        threads(maxThreads, maxThreads),
        new int[] {2_000, 20_000},
        new int[] {512 * KIB, 2 * MIB},
        List.of(Compression.NONE, Compression.LZ4));
  }

  /**
   * Threads in powers of two, three sizes of batches and chunks, every compression; and nine pairs
   * of read and write buffers around the defaults, where their effect is most visible.
   */
  public static List<SweepSettings> wide(int maxThreads) {
    Set<SweepSettings> grid =
        new LinkedHashSet<>(
            product(
                threads(maxThreads, 2),
                new int[] {1_000, 5_000, 20_000},
                new int[] {256 * KIB, 512 * KIB, 4 * MIB},
                List.of(Compression.values())));
    for (int threads : threads(maxThreads, 2)) {
      for (int read : new int[] {64 * KIB, MIB, 4 * MIB}) {
        for (int write : new int[] {256 * KIB, 4 * MIB, 16 * MIB}) {
          SweepSettings d = DEFAULT;
          grid.add(new SweepSettings(threads, d.rows, d.chunkBytes, read, write, d.compression));
        }
      }
    }
    return List.copyOf(grid);
  }

  private static List<SweepSettings> product(
      List<Integer> allThreads, int[] allRows, int[] allChunks, List<Compression> compressions) {
    List<SweepSettings> grid = new ArrayList<>();
    for (int threads : allThreads) {
      for (int rows : allRows) {
        for (int chunk : allChunks) {
          for (Compression compression : compressions) {
            grid.add(
                new SweepSettings(
                    threads, rows, chunk, DEFAULT.readBytes, DEFAULT.writeBytes, compression));
          }
        }
      }
    }
    return grid;
  }

  /** 1, multiplied by {@code factor} repeatedly, then {@code max}. */
  private static List<Integer> threads(int max, int factor) {
    Set<Integer> threads = new LinkedHashSet<>();
    for (long n = 1; n < max; n *= Math.max(2, factor)) {
      threads.add((int) n);
    }
    threads.add(max);
    return List.copyOf(threads);
  }

  /** The default options, including tags, with the settings of this point. */
  ConvertOptions options() {
    ConvertOptions options = ConvertOptions.defaults();
    MachineOptions machine = options.machine();
    OutputOptions output = options.output();
    int inflated = Math.max(options.batches().inflatedBytes(), INFLATED_PER_CHUNK * chunkBytes);
    return options
        .withBatches(new BatchOptions(rows, chunkBytes, inflated))
        .withMachine(
            machine.withStrategy(Strategy.PIPELINE).withThreads(threads).withReadBytes(readBytes))
        .withOutput(
            output
                .withCompression(compression)
                .withWriteBytes(writeBytes)
                .withForce(true)
                .withDurable(false));
  }

  /** The settings that determine the bytes of the output. */
  String shape() {
    return "rows " + rows + ", chunk " + size(chunkBytes) + ", " + word(compression);
  }

  @Override
  public String toString() {
    return String.format(
        "%d thr, %s, read %s, write %s", threads, shape(), size(readBytes), size(writeBytes));
  }

  static String word(Compression compression) {
    return compression.name().toLowerCase(Locale.ROOT);
  }

  static String size(int bytes) {
    return bytes % MIB == 0 ? bytes / MIB + "M" : bytes / KIB + "K";
  }
}
