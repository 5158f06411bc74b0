package org.bamarrow.benchmarks.splits;

import htsjdk.samtools.SAMFileHeader;
import htsjdk.samtools.SamReader;
import htsjdk.samtools.SamReaderFactory;
import htsjdk.samtools.ValidationStringency;
import htsjdk.samtools.seekablestream.SeekableStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.bamarrow.io.VirtualOffset;

/** The guesser of disq, called as by its reader of a split (BamSource). */
final class DisqGuesser implements Guesser {
  /** After this many positions the reader of a split gives up. */
  private static final int MAX_POSITIONS = 10_000_000;

  private final Truth truth;
  private final CountingStream stream;
  private final Object guesser;
  private final Method check;

  DisqGuesser(File file, Truth truth) throws Exception {
    this.truth = truth;
    stream = new CountingStream(file);
    SAMFileHeader header;
    try (SamReader reader =
        SamReaderFactory.make().validationStringency(ValidationStringency.SILENT).open(file)) {
      header = reader.getFileHeader();
    }
    Class<?> type = Class.forName("org.disq_bio.disq.impl.formats.bam.BamRecordGuesser");
    Constructor<?> constructor =
        type.getConstructor(SeekableStream.class, int.class, SAMFileHeader.class);
    constructor.setAccessible(true);
    guesser = constructor.newInstance(stream, header.getSequenceDictionary().size(), header);
    check = type.getMethod("checkRecordStart", long.class);
    check.setAccessible(true);
  }

  @Override
  public long guess(long position) throws Exception {
    int asked = 0;
    for (int block = truth.blocks.indexOf(position); block < truth.blocks.size(); block++) {
      for (int up = 0; up < truth.sizes.get(block); up++) {
        if (++asked > MAX_POSITIONS) {
          return NOTHING;
        }
        long place = VirtualOffset.of(truth.blocks.get(block), up);
        if ((boolean) check.invoke(guesser, place)) {
          return place;
        }
      }
    }
    return NOTHING;
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
