package org.bamarrow.benchmarks.spark.peers;

import htsjdk.samtools.SAMRecord;

/** The fields of the record that disq and Hadoop-BAM give. */
final class HtsjdkRecord {
  private HtsjdkRecord() {}

  static long touch(SAMRecord record) {
    long sum =
        (long) record.getFlags()
            + record.getAlignmentStart()
            + record.getAlignmentEnd()
            + record.getMappingQuality()
            + record.getMateAlignmentStart()
            + record.getInferredInsertSize()
            + PeerTasks.length(record.getReadName())
            + PeerTasks.length(record.getReferenceName())
            + PeerTasks.length(record.getMateReferenceName())
            + PeerTasks.length(record.getCigarString())
            + PeerTasks.length(record.getReadString())
            + PeerTasks.length(record.getBaseQualityString());
    for (SAMRecord.SAMTagAndValue tag : record.getAttributes()) {
      sum += tag.tag.length() + PeerTasks.length(tag.value);
    }
    return sum;
  }
}
