package org.bamarrow.spark.schema;

import java.util.HashSet;
import java.util.Set;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.ReadGroups;

/**
 * Whether the read groups that the options ask for are in a header: what the driver can tell of the
 * filters' lists, since it reads no records. For one thread, but for {@link #of}.
 */
final class RequestedReadGroups {
  private final int asked;
  private final Set<String> missing = new HashSet<>();

  /**
   * @param names of the options; null: none are asked for
   */
  RequestedReadGroups(Set<String> names) {
    asked = names == null ? -1 : names.size();
    if (names != null) {
      missing.addAll(names);
    }
  }

  /** The read groups of a header by their ids; none where nobody asks for any. Thread-safe. */
  Set<String> of(BamHeader header) {
    return asked < 0 ? Set.of() : ReadGroups.fields(header, "ID").keySet();
  }

  /**
   * @param ids of a header's read groups
   */
  void in(Set<String> ids) {
    missing.removeAll(ids);
  }

  /** After all headers: what to tell where none of the names was in any; null otherwise. */
  String warning() {
    return asked < 0 || missing.size() < asked
        ? null
        : String.format(
            "none of the %,d read groups of readGroup and readGroupFile is in a header; records"
                + " without RG are rows all the same",
            asked);
  }
}
