package org.bamarrow.examples;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.BamArrowReader;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.io.ByteSources;

/**
 * Reads a BAM as Arrow batches, without a file in between, and prints the number of reads and the
 * mean MAPQ by reference.
 *
 * <pre>
 * ./bamarrow --version   # builds the jar
 * java --add-opens=java.base/java.nio=ALL-UNNAMED -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
 *     -cp bamarrow-cli/target/bamarrow.jar \
 *     examples/src/main/java/org/bamarrow/examples/ReadBatches.java reads.bam
 * </pre>
 */
public final class ReadBatches {
  /** Only what is used is decoded. */
  private static final ConvertOptions TWO_COLUMNS =
      ConvertOptions.defaults()
          .withColumns(ColumnOptions.defaults().withNames(List.of("rname", "mapq")))
          .withTags(TagOptions.NONE);

  /** Sums of one reference. */
  static final class Sums {
    long reads;
    long withMapq;
    long mapq;

    void add(IntVector mapqs, int row) {
      reads++;
      if (!mapqs.isNull(row)) { // null is 255, unavailable
        withMapq++;
        mapq += mapqs.get(row);
      }
    }

    @Override
    public String toString() {
      String mean = withMapq == 0 ? "-" : String.format("%.3f", mapq / (double) withMapq);
      return reads + "\t" + mean;
    }
  }

  private ReadBatches() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.err.println("usage: ReadBatches IN.bam...");
      System.exit(2);
    }
    byReference(List.of(args)).forEach((name, sums) -> System.out.println(name + "\t" + sums));
  }

  /** By name; reads without a reference under {@code *}. */
  static Map<String, Sums> byReference(List<String> bams) throws IOException {
    Map<String, Sums> result = new TreeMap<>();
    try (BufferAllocator allocator = new RootAllocator();
        BamArrowReader reader =
            new BamArrowReader(ByteSources.openAll(bams), TWO_COLUMNS, allocator)) {
      VectorSchemaRoot batch = reader.getVectorSchemaRoot();
      VarCharVector rnames = (VarCharVector) batch.getVector("rname");
      IntVector mapqs = (IntVector) batch.getVector("mapq");
      while (reader.loadNextBatch()) { // refills the same vectors
        for (int row = 0; row < batch.getRowCount(); row++) {
          String rname = rnames.isNull(row) ? "*" : rnames.getObject(row).toString();
          result.computeIfAbsent(rname, name -> new Sums()).add(mapqs, row);
        }
      }
    }
    return result;
  }
}
