package org.bamarrow.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.BamFormatException;
import org.bamarrow.bam.BamHeader.Reference;

/** One reference dictionary for several inputs. */
public final class References {
  private References() {}

  /**
   * The references of all inputs by first appearance; a name stands once for each length in one
   * file's own dictionary, as some broken files have it.
   *
   * @throws BamFormatException if two inputs give one name two lengths
   */
  public static List<Reference> union(List<BamInput> inputs) throws BamFormatException {
    List<Reference> all = new ArrayList<>();
    Map<String, Reference> known = new HashMap<>();
    Map<String, BamInput> from = new HashMap<>();
    for (BamInput input : inputs) {
      for (Reference reference : input.header().references()) {
        Reference before = known.putIfAbsent(reference.name(), reference);
        BamInput first = from.putIfAbsent(reference.name(), input);
        if (before == null || first == input) {
          all.add(reference);
        } else if (before.length() != reference.length()) {
          throw new BamFormatException(
              input.source().name(),
              BamFormatException.UNKNOWN,
              String.format(
                  "reference %s has %d bases here and %d in %s",
                  reference.name(), reference.length(), before.length(), first.source().name()),
              "the files belong to different genomes, convert them apart");
        }
      }
    }
    return all;
  }
}
