package org.bamarrow.benchmarks.splits;

import java.io.File;
import java.io.IOException;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.io.ByteSources;

/** {@link RecordFinder}, as a task of Spark uses it. */
final class BamarrowGuesser implements Guesser {
  static final int MAX_RECORD = 1 << 28;

  private final BlockInflater inflater = InflaterKind.JDK.open();
  private final BamInput input;
  private final CountingSource counting;

  BamarrowGuesser(File file, Truth truth) throws IOException {
    input = BamInput.open(ByteSources.open(file.toString()), 0, inflater);
    counting = new CountingSource(input.source());
  }

  @Override
  public long guess(long position) throws IOException {
    return new RecordFinder(
            counting, input.header(), inflater, MAX_RECORD, RecordFinder.Proof.STRICT)
        .find(position);
  }

  @Override
  public long bytes() {
    return counting.bytes;
  }

  @Override
  public void close() throws IOException {
    input.close();
    inflater.close();
  }
}
