package org.bamarrow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.RowOptions;

/**
 * Notes about filters that kept no record: usually the list is the wrong file, spells the names
 * differently, or is for another tag.
 */
final class FilterNotes {
  private FilterNotes() {}

  /**
   * @param lists as {@link org.bamarrow.convert.ConvertReport#lists}
   * @param records read; if there were none, there are no notes about lists
   */
  static List<String> of(Map<String, ListMatch> lists, RowOptions rows, long records) {
    List<String> notes = new ArrayList<>();
    int both = rows.requireFlags() & rows.excludeFlags();
    if (both != 0) {
      notes.add(String.format("-f and -F both contain 0x%x: no record can pass", both));
    }
    int all = rows.excludeAllFlags();
    if (all != 0 && (rows.requireFlags() & all) == all) {
      notes.add(String.format("-f contains all bits of -G 0x%x: no record can pass", all));
    }
    if (records == 0 || !notes.isEmpty()) {
      return notes;
    }
    add(notes, lists.get("names"), "-N", "names", "QNAME");
    add(notes, lists.get("readGroups"), "-r and -R", "read groups", "RG");
    ListMatch tag = lists.get("tag");
    if (tag != null && tag.found() == 0) {
      notes.add(
          String.format("-d and -D: no record that passes the other filters has %s", rows.tag()));
    } else {
      add(notes, lists.get("tagValues"), "-d and -D", "values", rows.tag());
    }
    return notes;
  }

  private static void add(
      List<String> notes, ListMatch match, String options, String what, String field) {
    if (match == null || match.found() != 0) {
      return;
    }
    notes.add(
        match.listed() == 0
            ? String.format("%s: the list of %s is empty", options, what)
            : String.format(
                Locale.ROOT,
                "%s: none of the %,d %s is the %s of a record that passes the other filters",
                options,
                match.listed(),
                what,
                field));
  }
}
