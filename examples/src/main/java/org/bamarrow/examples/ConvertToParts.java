package org.bamarrow.examples;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Progress;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartSize;
import org.bamarrow.parts.PartsReader;

/**
 * Converts BAMs to a directory of Arrow files and a manifest by which they are checked, and reads
 * the directory as one sequence of record batches.
 */
public final class ConvertToParts {
  private static final long PART_BYTES = 256L << 20; // of the BAM

  private ConvertToParts() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("usage: ConvertToParts DIRECTORY IN.bam...");
      System.exit(2);
    }
    ConvertReport report = convert(List.of(args).subList(1, args.length), args[0], PART_BYTES);
    System.out.printf("%d rows%n", report.rows());
    read(args[0], batch -> System.out.printf("a batch of %d%n", batch.getRowCount()));
  }

  static ConvertReport convert(List<String> bams, String directory, long partBytes)
      throws IOException {
    return BamToParts.convert(
        bams, directory, ConvertOptions.defaults(), PartSize.bytes(partBytes), Progress.NONE);
  }

  /** Fails if a part is missing or damaged. */
  static void read(String directory, Consumer<VectorSchemaRoot> each) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        PartsReader reader = new PartsReader(new LocalPartStore(directory, false), allocator)) {
      while (reader.loadNextBatch()) {
        each.accept(reader.getVectorSchemaRoot());
      }
    }
  }
}
