package org.bamarrow.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.bamarrow.convert.RowOptions;

/**
 * Which records are rows: those of the conversion of the BAM, and of these the ones that each later
 * conversion of the Arrow data kept. Called in the order of the records, since steps may have
 * limits.
 */
final class RowSteps {
  private final List<RowFilter> steps;

  /** By step: how many more rows it takes. */
  private final long[] left;

  /**
   * @param steps the first is the conversion of the BAM
   * @param limits by step; negative: none
   */
  RowSteps(List<RowFilter> steps, List<Long> limits) {
    this.steps = steps;
    this.left = limits.stream().mapToLong(limit -> limit < 0 ? Long.MAX_VALUE : limit).toArray();
  }

  /** Whether a limit has been reached, so that no further record is a row. */
  boolean isDone() {
    for (long more : left) {
      if (more == 0) {
        return true;
      }
    }
    return false;
  }

  boolean accepts(HtsRecord record) {
    for (int i = 0; i < left.length; i++) {
      if (left[i] == 0 || !steps.get(i).accepts(record)) {
        return false;
      }
      left[i]--;
    }
    return true;
  }

  /** Those of the lists of which the filters of a conversion have the digest. */
  static RowOptions needed(JsonNode filters, RowOptions given) {
    RowOptions needed = RowOptions.defaults();
    if (filters.path("readGroups").isObject()) {
      needed = needed.withReadGroups(given.readGroups());
    }
    if (filters.path("tagValues").isObject()) {
      needed = needed.withTag(given.tag()).withTagValues(given.tagValues());
    }
    return filters.path("names").isObject() ? needed.withNames(given.names()) : needed;
  }
}
