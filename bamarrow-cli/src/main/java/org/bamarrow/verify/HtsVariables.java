package org.bamarrow.verify;

import htsjdk.samtools.CigarOperator;
import htsjdk.samtools.SAMRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The variables and tags of filter expressions, from htsjdk: numbers as Double, text as Latin-1.
 */
final class HtsVariables {
  private static final int RG = AuxFields.key("RG");
  private static final List<String> FLAGS =
      List.of(
          "flag.paired",
          "flag.proper_pair",
          "flag.unmap",
          "flag.munmap",
          "flag.reverse",
          "flag.mreverse",
          "flag.read1",
          "flag.read2",
          "flag.secondary",
          "flag.qcfail",
          "flag.dup",
          "flag.supplementary"); // by bit

  private HtsVariables() {}

  /** The value of a tag; null if the record does not have it, missing for an array. */
  static Object tag(HtsRecord hts, String tag) {
    int field = hts.aux.first(AuxFields.key(tag));
    if (field < 0 || field == hts.cgConsumed) {
      return null;
    }
    Object value = hts.aux.values[field];
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return value instanceof String || value instanceof Character ? value.toString() : Double.NaN;
  }

  static Object variable(HtsRecord hts, String name) {
    SAMRecord record = hts.record;
    if (FLAGS.contains(name)) {
      return (double) (record.getFlags() & 1 << FLAGS.indexOf(name));
    }
    return switch (name) {
      case "cigar" -> cigar(hts);
      case "endpos" -> (double) hts.lastBase();
      case "flag" -> (double) record.getFlags();
      case "hclen" -> (double) (hardClips(hts, true) + hardClips(hts, false));
      case "library" -> library(hts);
      case "mapq" -> (double) record.getMappingQuality();
      case "mpos", "pnext" -> position(record.getMateAlignmentStart());
      case "mrefid" -> (double) record.getMateReferenceIndex();
      case "mrname", "rnext" -> reference(hts, record.getMateReferenceIndex());
      case "ncigar" -> (double) hts.cigarLength;
      case "pos" -> position(record.getAlignmentStart());
      case "qlen" -> length(hts, true);
      case "qname" -> record.getReadName();
      case "qual" -> latin1(hts.rawQualities());
      case "refid" -> (double) record.getReferenceIndex();
      case "rlen" -> length(hts, false);
      case "rname" -> reference(hts, record.getReferenceIndex());
      case "sclen" -> softClips(hts);
      case "seq" -> latin1(hts.seq);
      case "tlen" -> (double) record.getInferredInsertSize();
      default -> throw new IllegalArgumentException("no variable '" + name + "'");
    };
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** htsjdk adds 1 to the stored number in 32 bits. */
  private static double position(int oneBased) {
    return (long) (oneBased - 1) + 1;
  }

  private static String reference(HtsRecord hts, int index) {
    return index < 0 ? "*" : latin1(hts.file.referenceNames[index]);
  }

  private static String library(HtsRecord hts) {
    int field = hts.aux.first(RG);
    if (field < 0 || "ZH".indexOf(hts.aux.types[field]) < 0) {
      return "";
    }
    HtsFile.ReadGroup group = hts.file.readGroups.get((String) hts.aux.values[field]);
    return group == null || group.library() == null ? "" : group.library();
  }

  private static String cigar(HtsRecord hts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < hts.cigarLength; i++) {
      text.append(hts.cigar[i] >>> 4).append(hts.operator(i));
    }
    return text.isEmpty() ? "*" : text.toString();
  }

  private static double length(HtsRecord hts, boolean ofQuery) {
    long length = 0;
    for (int i = 0; i < hts.cigarLength; i++) {
      CigarOperator operator = hts.operator(i);
      boolean counts = ofQuery ? operator.consumesReadBases() : operator.consumesReferenceBases();
      length += counts ? hts.cigar[i] >>> 4 : 0;
    }
    return length;
  }

  private static long hardClips(HtsRecord hts, boolean left) {
    int index = left ? 0 : hts.cigarLength - 1;
    boolean apart = left ? hts.cigarLength > 0 : hts.cigarLength > 1;
    return apart && hts.operator(index) == CigarOperator.H ? hts.cigar[index] >>> 4 : 0;
  }

  /** Soft clips at the ends, or inside of hard clips at the ends. */
  private static double softClips(HtsRecord hts) {
    long clipped = 0;
    int count = hts.cigarLength;
    int left = 0;
    if (is(hts, 0, CigarOperator.S)) {
      clipped += hts.cigar[0] >>> 4;
    } else if (is(hts, 0, CigarOperator.H) && is(hts, 1, CigarOperator.S)) {
      left = 1;
      clipped += hts.cigar[1] >>> 4;
    }
    if (count - 1 > left && is(hts, count - 1, CigarOperator.S)) {
      clipped += hts.cigar[count - 1] >>> 4;
    } else if (count - 2 > left
        && is(hts, count - 1, CigarOperator.H)
        && is(hts, count - 2, CigarOperator.S)) {
      clipped += hts.cigar[count - 2] >>> 4;
    }
    return clipped;
  }

  private static boolean is(HtsRecord hts, int index, CigarOperator operator) {
    return index < hts.cigarLength && hts.operator(index) == operator;
  }
}
