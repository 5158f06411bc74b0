package org.bamarrow.internal.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeaderReader;
import org.bamarrow.internal.bam.HeaderPool;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.io.ByteSource;

/** Reads the headers of many inputs, several at a time; equal headers share their memory. */
public final class InputHeaders {
  /** Maximum number of headers read at a time. */
  private static final int MAX_THREADS = 16;

  /** Memory that reading a header takes in addition to the header, in bytes. */
  private static final long READ_OVERHEAD = 8 << 20;

  /** Checks an input whose header has been read, on any thread. */
  public interface Check {
    void check(BamInput input, BlockInflater inflater) throws IOException;
  }

  private InputHeaders() {}

  /**
   * Reads the headers of the sources.
   *
   * @param sources owned by the caller, also on failure
   * @return the inputs in the same order
   * @throws IOException the first error in that order
   */
  public static List<BamInput> read(List<ByteSource> sources, Check check) throws IOException {
    HeaderPool pool = new HeaderPool();
    List<BamInput> inputs = new ArrayList<>(sources.size());
    OrderedTasks.Task<BamInput> task =
        index -> {
          try (BlockInflater inflater = InflaterKind.JDK.open()) {
            ByteSource source = sources.get(index);
            BamHeader header = pool.share(BamHeaderReader.read(source, inflater));
            BamInput input = new BamInput(source, header, index);
            check.check(input, inflater);
            return input;
          }
        };
    inputs.add(task.run(0));
    OrderedTasks.run(1, sources.size(), threads(inputs.get(0).header()), task, inputs::add);
    return inputs;
  }

  /** Number of headers of this size to read at a time, so that they take 1/8 of the heap. */
  public static int threads(BamHeader header) {
    long bytes = READ_OVERHEAD + 4 * header.bytes();
    return (int) Math.max(1, Math.min(MAX_THREADS, Runtime.getRuntime().maxMemory() / 8 / bytes));
  }
}
