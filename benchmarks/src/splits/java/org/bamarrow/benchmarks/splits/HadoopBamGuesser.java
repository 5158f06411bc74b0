package org.bamarrow.benchmarks.splits;

import htsjdk.samtools.seekablestream.SeekableFileStream;
import java.io.File;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.seqdoop.hadoop_bam.BAMSplitGuesser;

/** The guesser of Hadoop-BAM. */
final class HadoopBamGuesser implements Guesser {
  private final long size;
  private final CountingStream stream;
  private final BAMSplitGuesser guesser;

  HadoopBamGuesser(File file, Truth truth) throws Exception {
    size = file.length();
    stream = new CountingStream(file);
    Configuration lenient = new Configuration();
    lenient.set("hadoopbam.samheaderreader.validation-stringency", "SILENT");
    guesser = new BAMSplitGuesser(stream, new SeekableFileStream(file), lenient);
  }

  @Override
  public long guess(long position) throws IOException {
    long found = guesser.guessNextBAMRecordStart(position, size);
    return found == size ? NOTHING : found;
  }

  @Override
  public long bytes() {
    return stream.bytes;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
