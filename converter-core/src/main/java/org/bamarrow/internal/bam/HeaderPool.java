package org.bamarrow.internal.bam;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Shares equal dictionaries and {@code @SQ} lines between the headers of many files. Thread-safe.
 */
public final class HeaderPool {
  private final Map<SequenceDictionary.Contents, SequenceDictionary> dictionaries = new HashMap<>();
  private final Map<ByteBuffer, byte[]> sequences = new HashMap<>();

  /** The same header, sharing equal parts with earlier ones. */
  public BamHeader share(BamHeader header) {
    SequenceDictionary.Contents references = new SequenceDictionary.Contents(header.references());
    ByteBuffer lines = ByteBuffer.wrap(header.sam().sequences());
    synchronized (this) {
      return header.with(
          header.sam().with(sequences.computeIfAbsent(lines, ByteBuffer::array)),
          dictionaries.computeIfAbsent(references, any -> header.references()));
    }
  }
}
