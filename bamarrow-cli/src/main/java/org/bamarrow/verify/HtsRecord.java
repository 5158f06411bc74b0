package org.bamarrow.verify;

import htsjdk.samtools.BAMFileSpan;
import htsjdk.samtools.Cigar;
import htsjdk.samtools.CigarElement;
import htsjdk.samtools.CigarOperator;
import htsjdk.samtools.SAMRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One record read by htsjdk, as values of the Arrow columns: {@link #NULL}, false and null mean
 * null. One object is reused for all records of a file.
 */
final class HtsRecord {
  static final long NULL = Long.MIN_VALUE;

  private static final int CG = AuxFields.key("CG");
  private static final int RG = AuxFields.key("RG");
  private static final int CG_INTS = AuxFields.type('B', 'i');
  private static final int CG_UNSIGNED = AuxFields.type('B', 'I');

  final HtsFile file;
  final AuxFields aux = new AuxFields();

  /** Index of the CG field that became the CIGAR, or -1. */
  int cgConsumed;

  SAMRecord record;
  long number;
  byte[] seq;
  byte[] qual;
  private ByteBuffer stored; // the record behind its fixed fields, to its tags
  int[] cigar = new int[16];
  int cigarLength;
  private final boolean latin1;
  private final int coordinateBase;

  /**
   * @param latin1 text columns contain Latin-1 mapped to UTF-8
   * @param coordinateBase 1 or 0: the position of the first base of a reference
   */
  HtsRecord(HtsFile file, boolean latin1, int coordinateBase) {
    this.file = file;
    this.latin1 = latin1;
    this.coordinateBase = coordinateBase;
  }

  /** Takes record {@code number} (1-based) and fetches everything that htsjdk decodes lazily. */
  void reset(SAMRecord next, long nextNumber) throws HtsjdkException {
    record = next;
    number = nextNumber;
    try {
      byte[] rest = record.getVariableBinaryRepresentation();
      int tags = rest.length - record.getAttributesBinarySize();
      stored = ByteBuffer.wrap(rest, 0, tags); // htsjdk drops it when it decodes
      aux.parse(rest, tags);
      resolveCigar(rest);
      aux.decode(record, rest, cgConsumed);
      seq = record.getReadBases();
      qual = record.getBaseQualities();
    } catch (RuntimeException e) {
      throw file.limit("record " + number, e);
    }
  }

  /** The CIGAR of the CG tag if the record has the placeholder, as htslib's bam_tag2cigar. */
  private void resolveCigar(byte[] rest) throws HtsjdkException {
    int stored = record.getCigarLength();
    int cg = aux.first(CG);
    cgConsumed = cg >= 0 && isPlaceholder(rest, stored, cg) ? cg : -1;
    Cigar decoded = record.getCigar();
    cigarLength = decoded.numCigarElements();
    if (cigarLength > cigar.length) {
      cigar = new int[2 * cigarLength];
    }
    int at = 0;
    for (CigarElement element : decoded) {
      cigar[at++] = element.getLength() << 4 | CigarOperator.enumToBinary(element.getOperator());
    }
    int[] expected = cgConsumed >= 0 ? aux.ints(cgConsumed, rest) : null;
    if (expected == null && cg >= 0) {
      expected = new int[stored];
      cigarBytes(rest, stored).asIntBuffer().get(expected);
    }
    if (expected != null && !Arrays.equals(expected, 0, expected.length, cigar, 0, cigarLength)) {
      throw new HtsjdkException(
          file.name + ": htsjdk reads the CG tag of record " + number + " differently from htslib",
          null);
    }
  }

  private boolean isPlaceholder(byte[] rest, int stored, int cg) {
    if (stored == 0 || record.getReferenceIndex() < 0 || record.getAlignmentStart() < 1) {
      return false;
    }
    int first = cigarBytes(rest, stored).getInt();
    int softClip = CigarOperator.enumToBinary(CigarOperator.S);
    return (first & 0xf) == softClip
        && first >>> 4 == record.getReadLength()
        && (aux.types[cg] == CG_INTS || aux.types[cg] == CG_UNSIGNED)
        && aux.ints(cg, rest).length >= stored;
  }

  private ByteBuffer cigarBytes(byte[] rest, int stored) {
    return ByteBuffer.wrap(rest, record.getReadNameLength() + 1, 4 * stored)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  long rid() {
    int id = record.getReferenceIndex();
    return id < 0 ? NULL : id;
  }

  long pos() {
    return coordinate(record.getAlignmentStart());
  }

  long pnext() {
    return coordinate(record.getMateAlignmentStart());
  }

  /** htsjdk adds 1 to the stored number in 32 bits; -1 means none. */
  private long coordinate(int oneBased) {
    long stored = (long) (oneBased - 1);
    return stored == -1 ? NULL : stored + coordinateBase;
  }

  /** htslib's bam_endpos: an unmapped read, or one without reference bases, covers one base. */
  long end() {
    return record.getAlignmentStart() == 0 ? NULL : lastBase();
  }

  /** As {@link #end}, also for a record without a position, as if at base 0. */
  long lastBase() {
    long start = record.getAlignmentStart() - 1;
    long span = 0;
    if (!record.getReadUnmappedFlag()) {
      for (int i = 0; i < cigarLength; i++) {
        if (operator(i).consumesReferenceBases()) {
          span += cigar[i] >>> 4;
        }
      }
    }
    return start + Math.max(1, span);
  }

  CigarOperator operator(int index) {
    return CigarOperator.binaryToEnum(cigar[index] & 0xf);
  }

  long mapq() {
    int mapq = record.getMappingQuality();
    return mapq == 255 ? NULL : mapq;
  }

  long virtualOffset() {
    return ((BAMFileSpan) record.getFileSource().getFilePointer()).getFirstOffset();
  }

  boolean qname(Bytes out) {
    String name = record.getReadName();
    return !name.equals("*") && text(name, out);
  }

  boolean rname(Bytes out) {
    return reference(record.getReferenceIndex(), out);
  }

  boolean rnext(Bytes out) {
    return reference(record.getMateReferenceIndex(), out);
  }

  private boolean reference(int index, Bytes out) {
    return index >= 0
        && text(new String(file.referenceNames[index], StandardCharsets.ISO_8859_1), out);
  }

  boolean cigar(Bytes out) {
    for (int i = 0; i < cigarLength; i++) {
      out.addNumber(cigar[i] >>> 4).add(CigarOperator.enumToCharacter(operator(i)));
    }
    return cigarLength > 0;
  }

  boolean seq(Bytes out) {
    out.add(seq);
    return seq.length > 0;
  }

  /** Phred+33. */
  boolean qualText(Bytes out) {
    out.reserve(qual.length);
    for (byte value : qual) {
      out.add(value + 33);
    }
    return qual.length > 0;
  }

  boolean qualNumbers(Bytes out) {
    out.add(qual);
    return qual.length > 0;
  }

  /** The stored qualities, also if they are missing: 255 then. */
  byte[] rawQualities() {
    int end = stored.limit();
    return Arrays.copyOfRange(stored.array(), end - seq.length, end);
  }

  boolean readGroup(Bytes out) {
    String id = readGroupId();
    return id != null && text(id, out);
  }

  boolean sample(Bytes out) {
    HtsFile.ReadGroup group = file.readGroups.get(readGroupId());
    return group != null && group.sample() != null && text(group.sample(), out);
  }

  boolean library(Bytes out) {
    HtsFile.ReadGroup group = file.readGroups.get(readGroupId());
    return group != null && group.library() != null && text(group.library(), out);
  }

  private String readGroupId() {
    for (int i = 0; i < aux.count; i++) {
      if (aux.keys[i] == RG && aux.types[i] == 'Z') {
        return (String) aux.values[i];
      }
    }
    return null;
  }

  /** Appends text as in the Arrow column; the characters of htsjdk are the bytes of the file. */
  boolean text(String fileBytes, Bytes out) {
    if (latin1) {
      out.add(fileBytes.getBytes(StandardCharsets.UTF_8));
    } else {
      out.addLatin1(fileBytes);
    }
    return true;
  }
}
