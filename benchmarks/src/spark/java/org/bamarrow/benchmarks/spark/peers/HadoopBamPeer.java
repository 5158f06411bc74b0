package org.bamarrow.benchmarks.spark.peers;

import htsjdk.samtools.SAMRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.spark.SparkConf;
import org.seqdoop.hadoop_bam.BAMInputFormat;
import org.seqdoop.hadoop_bam.SAMRecordWritable;

/** Hadoop-BAM. */
public final class HadoopBamPeer {
  private HadoopBamPeer() {}

  public static void main(String[] arguments) {
    PeerTasks.<SAMRecord>run(
        "Hadoop-BAM",
        arguments,
        new SparkConf(),
        (spark, bam) -> {
          Configuration settings = new Configuration(spark.hadoopConfiguration());
          settings.set("hadoopbam.samheaderreader.validation-stringency", "SILENT");
          return spark
              .newAPIHadoopFile(
                  bam, BAMInputFormat.class, LongWritable.class, SAMRecordWritable.class, settings)
              .values()
              .map(SAMRecordWritable::get);
        },
        HtsjdkRecord::touch);
  }
}
