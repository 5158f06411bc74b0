package org.bamarrow.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.BamFormatException;
import org.bamarrow.bam.BamHeader.Reference;

/** One reference dictionary for several inputs, which may come one by one. For one thread. */
public final class References {
  /** Where a name came first. */
  private record First(Reference reference, int input, String file) {}

  private final List<Reference> all = new ArrayList<>();
  private final Map<String, First> known = new HashMap<>();

  /**
   * The references of all inputs by first appearance; a name stands once for each length in one
   * file's own dictionary, as some broken files have it.
   *
   * @throws BamFormatException if two inputs give one name two lengths
   */
  public static List<Reference> union(List<BamInput> inputs) throws BamFormatException {
    References union = new References();
    for (BamInput input : inputs) {
      union.add(input);
    }
    return union.all;
  }

  /**
   * Adds the references of one more input, of which nothing else is kept.
   *
   * @throws BamFormatException if it gives a name another length than an input before it
   */
  public void add(BamInput input) throws BamFormatException {
    String file = input.source().name();
    for (Reference reference : input.header().references()) {
      First mine = new First(reference, input.index(), file);
      First first = known.putIfAbsent(reference.name(), mine);
      if (first == null || first.input == input.index()) {
        all.add(reference);
      } else if (first.reference.length() != reference.length()) {
        throw new BamFormatException(
            file,
            BamFormatException.UNKNOWN,
            String.format(
                "reference %s has %d bases here and %d in %s",
                reference.name(), reference.length(), first.reference.length(), first.file),
            "the files belong to different genomes, convert them apart");
      }
    }
  }
}
