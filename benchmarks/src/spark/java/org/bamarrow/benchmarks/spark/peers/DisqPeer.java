package org.bamarrow.benchmarks.spark.peers;

import htsjdk.samtools.ValidationStringency;
import org.apache.spark.SparkConf;
import org.disq_bio.disq.HtsjdkReadsRddStorage;

/** disq. */
public final class DisqPeer {
  private DisqPeer() {}

  public static void main(String[] arguments) {
    PeerTasks.run(
        "disq",
        arguments,
        new SparkConf(),
        (spark, bam) ->
            HtsjdkReadsRddStorage.makeDefault(spark)
                .validationStringency(ValidationStringency.SILENT)
                .read(bam)
                .getReads(),
        HtsjdkRecord::touch);
  }
}
