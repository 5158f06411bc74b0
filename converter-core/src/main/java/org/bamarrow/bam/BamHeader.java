package org.bamarrow.bam;

import java.util.List;

/**
 * The header of a BAM (SAM specification 4.2): the SAM text byte for byte (without the NUL padding)
 * and the binary reference dictionary, which is the authority for names and lengths. Immutable.
 */
public final class BamHeader {
  /** One reference sequence; {@code length} in bases. */
  public record Reference(String name, int length) {}

  private final byte[] text;
  private final List<Reference> references;
  private final long firstRecord;
  private final String nameNotUtf8;

  /** As the other one, for names that all are UTF-8. */
  public BamHeader(byte[] text, List<Reference> references, long firstRecord) {
    this(text, references, firstRecord, null);
  }

  /**
   * @param text SAM header text, not copied
   * @param nameNotUtf8 the first reference name that is not UTF-8, decoded as Latin-1; or null
   * @param firstRecord virtual offset just behind the header (its block may end there)
   */
  public BamHeader(byte[] text, List<Reference> references, long firstRecord, String nameNotUtf8) {
    this.nameNotUtf8 = nameNotUtf8;
    this.text = text;
    this.references = List.copyOf(references);
    this.firstRecord = firstRecord;
  }

  /** The SAM text as stored, trailing NULs removed; callers must not change it. */
  public byte[] text() {
    return text;
  }

  public List<Reference> references() {
    return references;
  }

  /** The first reference name that is not UTF-8, as all such decoded as Latin-1; or null. */
  public String nameNotUtf8() {
    return nameNotUtf8;
  }

  public long firstRecord() {
    return firstRecord;
  }
}
