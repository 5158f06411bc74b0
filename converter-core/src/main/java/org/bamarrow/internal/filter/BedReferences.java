package org.bamarrow.internal.filter;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.internal.bam.BamHeader.Reference;

/**
 * Compares the reference names of a BED file with those of the inputs. Names must be equal: {@code
 * chr1} is not {@code 1}.
 *
 * @param listed references with an interval, sorted
 * @param missing listed references that no header has, sorted
 * @param headers the first references of the headers
 */
public record BedReferences(List<String> listed, List<String> missing, List<String> headers) {
  private static final int MAX_SHOWN = 3;

  /**
   * Null if the options have no BED file.
   *
   * @param references references of all inputs
   */
  public static BedReferences of(RegionOptions regions, List<Reference> references) {
    if (regions.intervals() == null) {
      return null;
    }
    Set<String> missing = new HashSet<>(regions.intervals().references());
    references.forEach(reference -> missing.remove(reference.name()));
    return new BedReferences(
        List.copyOf(regions.intervals().references()),
        missing.stream().sorted().toList(),
        references.stream().limit(MAX_SHOWN + 1).map(Reference::name).toList());
  }

  public ListMatch match() {
    return new ListMatch(listed.size(), listed.size() - missing.size());
  }

  /** A warning for the user if the BED file has references that the inputs do not have. */
  public List<String> warnings() {
    if (listed.isEmpty()) {
      return List.of("the BED file has no intervals that are not empty, so no record overlaps it");
    }
    if (missing.size() == listed.size()) {
      return List.of(
          String.format(
              "no reference of the BED file (%s) is in the header (%s), so no record overlaps it",
              first(listed), first(headers)));
    }
    return missing.isEmpty()
        ? List.of()
        : List.of(
            String.format(
                "%d of %d references of the BED file are not in the header: %s",
                missing.size(), listed.size(), first(missing)));
  }

  private static String first(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(MAX_SHOWN, names.size())));
    return names.size() > MAX_SHOWN ? shown + ", ..." : shown;
  }
}
