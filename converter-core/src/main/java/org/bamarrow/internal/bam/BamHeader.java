package org.bamarrow.internal.bam;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The header of a BAM (SAM specification 4.2): the SAM text byte for byte (without the NUL padding)
 * and the binary reference dictionary, which takes precedence for names and lengths. Immutable.
 */
public final class BamHeader {
  /** One reference sequence; {@code length} in bases. */
  public record Reference(String name, int length) {
    // A record's own are linked at run time (docs/performance.md, "Start-up and the JVM").
    @Override
    public boolean equals(Object other) {
      return other instanceof Reference reference
          && name.equals(reference.name)
          && length == reference.length;
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + length;
    }
  }

  private final HeaderText text;
  private final SequenceDictionary references;
  private final long firstRecord;
  private final String nameNotUtf8;

  /** For names that are all UTF-8. */
  public BamHeader(byte[] text, List<Reference> references, long firstRecord) {
    this(HeaderText.of(text, text.length), list(references), firstRecord, null);
  }

  private static SequenceDictionary list(List<Reference> references) {
    SequenceDictionary.Builder list = new SequenceDictionary.Builder();
    for (Reference reference : references) {
      byte[] name = reference.name().getBytes(StandardCharsets.UTF_8);
      list.add(name, 0, name.length, reference.length());
    }
    return list.build();
  }

  /**
   * @param nameNotUtf8 the first reference name that is not UTF-8, decoded as Latin-1; or null
   * @param firstRecord virtual offset after the end of the header (its block may end there)
   */
  BamHeader(HeaderText text, SequenceDictionary references, long firstRecord, String nameNotUtf8) {
    this.text = text;
    this.references = references;
    this.firstRecord = firstRecord;
    this.nameNotUtf8 = nameNotUtf8;
  }

  /** A copy with equal parts that are shared with other headers. */
  BamHeader with(HeaderText equalText, SequenceDictionary equalReferences) {
    return new BamHeader(equalText, equalReferences, firstRecord, nameNotUtf8);
  }

  /** The SAM text, trailing NULs removed. */
  public HeaderText sam() {
    return text;
  }

  /** The SAM text as stored, trailing NULs removed; a new array for each call. */
  public byte[] text() {
    return text.bytes();
  }

  public SequenceDictionary references() {
    return references;
  }

  /** Approximate memory in bytes. */
  public long bytes() {
    return text.length() + references.names().length + 8L * references.size();
  }

  /** The first reference name that is not UTF-8 (such names are decoded as Latin-1); or null. */
  public String nameNotUtf8() {
    return nameNotUtf8;
  }

  public long firstRecord() {
    return firstRecord;
  }
}
