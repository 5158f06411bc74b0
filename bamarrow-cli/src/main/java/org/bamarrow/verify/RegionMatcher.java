package org.bamarrow.verify;

import htsjdk.samtools.SAMRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a record read by htsjdk overlaps one of many regions; a second implementation. */
final class RegionMatcher {
  private final Map<String, List<int[]>> places = new HashMap<>();
  private final boolean unplaced;

  /**
   * @param texts {@code name:first-last} (1-based inclusive) of regions that do not overlap, {@code
   *     *} for records without a reference
   */
  RegionMatcher(Set<String> texts) {
    unplaced = texts.contains("*");
    for (String text : texts) {
      int colon = text.lastIndexOf(':');
      int dash = text.lastIndexOf('-');
      if (colon >= 0) {
        int first = Integer.parseInt(text.substring(colon + 1, dash));
        int last = Integer.parseInt(text.substring(dash + 1));
        places
            .computeIfAbsent(text.substring(0, colon), name -> new ArrayList<>())
            .add(new int[] {first, last});
      }
    }
    places.values().forEach(list -> list.sort((a, b) -> Integer.compare(a[0], b[0])));
  }

  boolean holds(HtsRecord hts) {
    SAMRecord record = hts.record;
    if (record.getReferenceIndex() < 0) {
      return unplaced;
    }
    List<int[]> wanted = places.get(hts.file.referenceName(record.getReferenceIndex()));
    if (wanted == null) {
      return false;
    }
    int first = record.getAlignmentStart();
    long last = hts.lastBase();
    int low = 0;
    int high = wanted.size(); // first region that ends at or after the first base of the record
    while (low < high) {
      int middle = (low + high) / 2;
      if (wanted.get(middle)[1] < first) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < wanted.size() && wanted.get(low)[0] <= last;
  }
}
