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

/** Reads the headers of many inputs, several at a time; what is equal in them is held once. */
public final class InputHeaders {
  /** Most that are read at a time. */
  private static final int THREADS = 16;

  /** Reading a header takes so much besides it. */
  private static final long BESIDES = 8 << 20;

  /** Looks at an input whose header has been read, on any thread. */
  public interface Check {
    void check(BamInput input, BlockInflater inflater) throws IOException;
  }

  private InputHeaders() {}

  /**
   * Reads the headers of the sources.
   *
   * @param sources stay the caller's, also where this throws
   * @return in the same order
   * @throws IOException the first error in that order
   */
  public static List<BamInput> read(List<ByteSource> sources, Check check) throws IOException {
    HeaderPool pool = new HeaderPool();
    List<BamInput> inputs = new ArrayList<>(sources.size());
    InOrder.Task<BamInput> task =
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
    InOrder.run(1, sources.size(), threads(inputs.get(0).header()), task, inputs::add);
    return inputs;
  }

  /** How many headers like this may be read at a time, so that they take an 8th of the heap. */
  public static int threads(BamHeader header) {
    long one = BESIDES + 4 * header.bytes();
    return (int) Math.max(1, Math.min(THREADS, Runtime.getRuntime().maxMemory() / 8 / one));
  }
}
