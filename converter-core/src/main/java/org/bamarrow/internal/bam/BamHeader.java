package org.bamarrow.internal.bam;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The header of a BAM (SAM specification 4.2): the SAM text byte for byte (without the NUL padding)
 * and the binary reference dictionary, which is the authority for names and lengths. Immutable.
 */
public final class BamHeader {
  /** One reference sequence; {@code length} in bases. */
  public record Reference(String name, int length) {}

  private final HeaderText text;
  private final SequenceDictionary references;
  private final long firstRecord;
  private final String nameNotUtf8;

  /** Of objects, for names that all are UTF-8. */
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
   * @param firstRecord virtual offset just behind the header (its block may end there)
   */
  BamHeader(HeaderText text, SequenceDictionary references, long firstRecord, String nameNotUtf8) {
    this.text = text;
    this.references = references;
    this.firstRecord = firstRecord;
    this.nameNotUtf8 = nameNotUtf8;
  }

  /** With equal parts that other headers have, too. */
  BamHeader with(HeaderText equalText, SequenceDictionary equalReferences) {
    return new BamHeader(equalText, equalReferences, firstRecord, nameNotUtf8);
  }

  /** The SAM text, trailing NULs removed. */
  public HeaderText sam() {
    return text;
  }

  /** The SAM text as stored, trailing NULs removed; made anew by each call. */
  public byte[] text() {
    return text.bytes();
  }

  public SequenceDictionary references() {
    return references;
  }

  /** About what it takes in memory. */
  public long bytes() {
    return text.length() + references.names().length + 8L * references.size();
  }

  /** The first reference name that is not UTF-8, as all such decoded as Latin-1; or null. */
  public String nameNotUtf8() {
    return nameNotUtf8;
  }

  public long firstRecord() {
    return firstRecord;
  }
}
