package org.bamarrow.internal.base;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;

/** Suggestions for misspelled names. */
public final class ClosestName {
  private ClosestName() {}

  /** The candidate with the smallest edit (Levenshtein) distance; of several the first. */
  public static String of(String word, Collection<String> candidates) {
    return Collections.min(
        candidates, Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** As {@link #of}, ignoring case. */
  public static String ofAnyCase(String word, Collection<String> candidates) {
    String lower = word.toLowerCase(Locale.ROOT);
    return Collections.min(
        candidates,
        Comparator.comparingInt(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT))));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
