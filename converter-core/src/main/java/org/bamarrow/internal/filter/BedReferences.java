package org.bamarrow.internal.filter;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.internal.bam.BamHeader.Reference;

/**
 * Whether the references of a BED are those of the inputs: names count as they are written, so
 * {@code chr1} and {@code 1} are two.
 *
 * @param listed references with an interval, sorted
 * @param missing those of them that no header has, sorted
 * @param headers the first references of the headers
 */
public record BedReferences(List<String> listed, List<String> missing, List<String> headers) {
  private static final int SHOWN = 3;

  /**
   * Null where the options have no BED.
   *
   * @param references of all inputs
   */
  public static BedReferences of(RegionOptions regions, List<Reference> references) {
    if (regions.places() == null) {
      return null;
    }
    Set<String> missing = new HashSet<>(regions.places().references());
    references.forEach(reference -> missing.remove(reference.name()));
    return new BedReferences(
        List.copyOf(regions.places().references()),
        missing.stream().sorted().toList(),
        references.stream().limit(SHOWN + 1).map(Reference::name).toList());
  }

  public ListMatch match() {
    return new ListMatch(listed.size(), listed.size() - missing.size());
  }

  /** One line where the BED names what the inputs do not have; for the user. */
  public List<String> warnings() {
    if (listed.isEmpty()) {
      return List.of("the BED has no interval with a base in it, so no record overlaps one");
    }
    if (missing.size() == listed.size()) {
      return List.of(
          String.format(
              "no reference of the BED (%s) is in the header (%s), so no record overlaps one",
              first(listed), first(headers)));
    }
    return missing.isEmpty()
        ? List.of()
        : List.of(
            String.format(
                "%d of %d references of the BED are not in the header: %s",
                missing.size(), listed.size(), first(missing)));
  }

  private static String first(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? shown + ", ..." : shown;
  }
}
