package org.bamarrow.internal.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * Counts tags and their types over records, for the typed fields of the {@code tags} struct, in
 * order of first appearance. A CG tag that contains the real CIGAR is not counted, nor are names
 * that are not valid tags ({@code [A-Za-z][A-Za-z0-9]}). Not thread-safe.
 */
public final class TagCounts {
  /** The types of fields, in the order of the counts; integers of all widths are i. */
  private static final String[] KINDS = {
    "A", "i", "f", "Z", "H", "Bf", "Bc", "BC", "Bs", "BS", "Bi", "BI"
  };

  private static final int CG = AuxCursor.key("CG");

  private final AuxCursor aux = new AuxCursor();
  private final CigarView cigar = new CigarView();

  /** By tag key, the index of the tag + 1; 0 if the tag is unknown. */
  private final short[] indexes = new short[1 << 16];

  private int tags;
  private int[] keys = new int[64];

  /** By tag index and kind. */
  private long[] counts = new long[64 * KINDS.length];

  /** By tag index and kind, the order of first appearance, for ties. */
  private int[] firsts = new int[64 * KINDS.length];

  private int seen;

  /**
   * Counts the tags of whole, checked records.
   *
   * @throws BamFormatException if the auxiliary fields of a record are invalid
   */
  public void add(RecordSlice slice) throws BamFormatException {
    byte[] data = slice.data();
    for (int row = 0, rows = slice.count(); row < rows; row++) {
      cigar.reset(slice, row);
      boolean skipCigar = cigar.fromTag();
      int start = slice.start(row);
      aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
      while (aux.next()) {
        if (skipCigar && aux.tag() == CG) {
          skipCigar = false; // a duplicate CG is counted like any other tag
        } else {
          int index = index(aux.tag());
          if (index >= 0) {
            add(index * KINDS.length + kind(aux.type(), aux.subtype()), 1);
          }
        }
      }
      if (aux.isInvalid()) {
        throw slice.invalidRecord(row, aux.problem(), DamagedRecordRemedies.TAGS_INVALID);
      }
    }
  }

  /** Adds the counts of later records; tags that are new in them are appended. */
  public void merge(TagCounts later) {
    for (int tag = 0; tag < later.tags; tag++) {
      int from = tag * KINDS.length;
      int to = index(later.keys[tag]) * KINDS.length;
      for (int kind : later.kindsByFirst(from, from + KINDS.length)) {
        add(to + kind, later.counts[from + kind]);
      }
    }
  }

  /** Resets all counts. */
  public void clear() {
    for (int tag = 0; tag < tags; tag++) {
      indexes[keys[tag]] = 0;
    }
    Arrays.fill(counts, 0, tags * KINDS.length, 0);
    tags = 0;
    seen = 0;
  }

  /** Each tag with its most frequent type; of equally frequent types, the one seen first. */
  public List<TagType> types() {
    List<TagType> types = new ArrayList<>();
    for (int tag = 0; tag < tags; tag++) {
      String kind = mostFrequentKind(tag * KINDS.length);
      char subtype = kind.length() == 2 ? kind.charAt(1) : 0;
      types.add(new TagType(AuxCursor.name(keys[tag]), kind.charAt(0), subtype));
    }
    return types;
  }

  /**
   * Tags that differ only in case from a more frequent one, with their types, in order of first
   * appearance. Of equally frequent tags, the one seen first is not included.
   */
  public List<TagType> caseVariants() {
    Map<Integer, Integer> kept = new HashMap<>();
    for (int tag = 0; tag < tags; tag++) {
      kept.merge(lowerCase(tag), tag, (a, b) -> fields(b) > fields(a) ? b : a);
    }
    List<TagType> types = types();
    List<TagType> variants = new ArrayList<>();
    for (int tag = 0; tag < tags; tag++) {
      if (kept.get(lowerCase(tag)) != tag) {
        variants.add(types.get(tag));
      }
    }
    return variants;
  }

  /** The key in lower case; the case bit is set in digits, too. */
  private int lowerCase(int tag) {
    return keys[tag] | 0x2020;
  }

  private long fields(int tag) {
    int from = tag * KINDS.length;
    return Arrays.stream(counts, from, from + KINDS.length).sum();
  }

  private String mostFrequentKind(int from) {
    int best = -1;
    long most = 0;
    for (int kind : kindsByFirst(from, from + KINDS.length)) {
      if (counts[from + kind] > most) {
        most = counts[from + kind];
        best = kind;
      }
    }
    return KINDS[best];
  }

  /** The kinds with counts in {@code [from, to)}, in order of first appearance. */
  private int[] kindsByFirst(int from, int to) {
    return java.util.stream.IntStream.range(from, to)
        .filter(i -> counts[i] > 0)
        .boxed()
        .sorted((a, b) -> Integer.compare(firsts[a], firsts[b]))
        .mapToInt(i -> i - from)
        .toArray();
  }

  private void add(int at, long count) {
    if (counts[at] == 0) {
      firsts[at] = seen++;
    }
    counts[at] += count;
  }

  /** The index of a tag, added if it is new; -1 for names that are not valid tags. */
  private int index(int key) {
    if (indexes[key] == 0) {
      if (!isTag(key & 0xff, key >>> 8)) {
        return -1;
      }
      if (tags == keys.length) {
        keys = Arrays.copyOf(keys, 2 * tags);
        counts = Arrays.copyOf(counts, 2 * counts.length);
        firsts = Arrays.copyOf(firsts, 2 * firsts.length);
      }
      keys[tags++] = key;
      indexes[key] = (short) tags;
    }
    return indexes[key] - 1;
  }

  private static boolean isTag(int first, int second) {
    return isLetter(first) && (isLetter(second) || second >= '0' && second <= '9');
  }

  private static boolean isLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  private static int kind(int type, int subtype) {
    return switch (type) {
      case 'A' -> 0;
      case 'f' -> 2;
      case 'Z' -> 3;
      case 'H' -> 4;
      case 'B' ->
          switch (subtype) {
            case 'f' -> 5;
            case 'c' -> 6;
            case 'C' -> 7;
            case 's' -> 8;
            case 'S' -> 9;
            case 'i' -> 10;
            default -> 11;
          };
      default -> 1;
    };
  }
}
