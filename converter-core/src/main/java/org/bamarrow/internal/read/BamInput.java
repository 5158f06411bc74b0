package org.bamarrow.internal.read;

import java.io.IOException;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeaderReader;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.io.ByteSource;

/**
 * One open BAM with its header.
 *
 * @param index 0-based position among the inputs of a conversion
 */
public record BamInput(ByteSource source, BamHeader header, int index) implements AutoCloseable {
  /** Reads the header of {@code source}; takes ownership of the source, also on failure. */
  public static BamInput open(ByteSource source, int index, BlockInflater inflater)
      throws IOException {
    try {
      return new BamInput(source, BamHeaderReader.read(source, inflater), index);
    } catch (IOException | RuntimeException e) {
      try {
        source.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
