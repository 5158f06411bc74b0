package org.bamarrow.spark.schema;

import java.util.HashSet;
import java.util.Set;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.ReadGroups;

/**
 * Checks whether the read groups in the options are in any header: the only check of filter lists
 * that is possible on the driver, which reads no records. For one thread, except {@link #of}.
 */
final class RequestedReadGroups {
  private final int requested;
  private final Set<String> missing = new HashSet<>();

  /**
   * @param names of the options; null: none are requested
   */
  RequestedReadGroups(Set<String> names) {
    requested = names == null ? -1 : names.size();
    if (names != null) {
      missing.addAll(names);
    }
  }

  /** The ids of the read groups of a header; none if none are requested. Thread-safe. */
  Set<String> of(BamHeader header) {
    return requested < 0 ? Set.of() : ReadGroups.fields(header, "ID").keySet();
  }

  /**
   * @param ids of a header's read groups
   */
  void in(Set<String> ids) {
    missing.removeAll(ids);
  }

  /** After all headers: the warning if no header has any of the names; otherwise null. */
  String warning() {
    return requested < 0 || missing.size() < requested
        ? null
        : String.format(
            "none of the %,d read groups of readGroup and readGroupFile is in any header; only"
                + " records without RG are kept",
            requested);
  }
}
