package org.bamarrow.benchmarks.spark.peers;

import htsjdk.samtools.ValidationStringency;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.bdgenomics.adam.api.java.JavaADAMContext;
import org.bdgenomics.adam.ds.ADAMContext;
import org.bdgenomics.formats.avro.Alignment;

/** ADAM, which makes an Avro record of each. */
public final class AdamPeer {
  private AdamPeer() {}

  public static void main(String[] arguments) {
    SparkConf settings =
        new SparkConf()
            .set("spark.serializer", KryoSerializer.class.getName())
            .set("spark.kryo.registrator", "org.bdgenomics.adam.serialization.ADAMKryoRegistrator");
    PeerTasks.<Alignment>run(
        "ADAM",
        arguments,
        settings,
        (spark, bam) ->
            new JavaADAMContext(new ADAMContext(spark.sc()))
                .loadAlignments(bam, ValidationStringency.SILENT)
                .jrdd(),
        AdamPeer::touch);
  }

  private static long touch(Alignment record) {
    long sum = 0;
    for (int field = 0; field < Alignment.SCHEMA$.getFields().size(); field++) {
      sum += PeerTasks.length(record.get(field));
    }
    return sum;
  }
}
