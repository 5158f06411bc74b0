package org.bamarrow.internal.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.bamarrow.internal.bam.SequenceDictionary;
import org.bamarrow.io.BamFormatException;

/**
 * The union of the sequence dictionaries of several inputs, which are added one by one. A duplicate
 * name in one dictionary is an error, as in samtools, whatever the lengths; in two files a name
 * must have the same length. Not thread-safe.
 */
public final class DictionaryUnion {
  private static final int MAX_RECENT = 4;

  private final SequenceDictionary.Builder all = new SequenceDictionary.Builder();

  /** Most recently added dictionaries, newest first: files of one genome have equal ones. */
  private final Deque<SequenceDictionary> recent = new ArrayDeque<>();

  private SequenceDictionary firstList;

  private final List<String> files = new ArrayList<>();

  /** Open-addressing hash table of reference indices by name, -1 if free; at most 2/3 full. */
  private int[] table = new int[16];

  /** By reference index, the index in {@link #files} of the first file that has it. */
  private int[] first = new int[8];

  /** By reference index, the index in {@link #files} of the last file that has it. */
  private int[] last = new int[8];

  public DictionaryUnion() {
    Arrays.fill(table, -1);
  }

  /**
   * The references of all inputs, in order of first appearance.
   *
   * @throws BamFormatException if an input has a duplicate name, or a name has different lengths in
   *     two inputs
   */
  public static SequenceDictionary union(List<BamInput> inputs) throws BamFormatException {
    DictionaryUnion union = new DictionaryUnion();
    for (BamInput input : inputs) {
      union.add(input);
    }
    return union.references();
  }

  /** All references added so far, in order of first appearance. */
  public SequenceDictionary references() {
    return files.size() == 1 ? firstList : all.build();
  }

  private void add(BamInput input) throws BamFormatException {
    add(input.source().name(), input.header().references());
  }

  /**
   * Adds the dictionary of one more file.
   *
   * @throws BamFormatException if it has a duplicate name, or a name has another length than in an
   *     earlier input
   */
  public void add(String file, SequenceDictionary references) throws BamFormatException {
    if (recent.contains(references)) {
      return;
    }
    recent.addFirst(references);
    if (recent.size() > MAX_RECENT) {
      recent.removeLast();
    }
    firstList = firstList == null ? references : firstList;
    files.add(file);
    for (int id = 0; id < references.size(); id++) {
      add(references, id);
    }
  }

  private void add(SequenceDictionary references, int id) throws BamFormatException {
    int file = files.size() - 1;
    int slot = slot(references, id);
    int known = table[slot];
    if (known < 0) {
      insert(slot, references, id, file);
    } else if (last[known] == file) {
      throw duplicate(references, id);
    } else if (all.length(known) != references.length(id)) {
      throw new BamFormatException(
          files.get(file),
          BamFormatException.UNKNOWN,
          String.format(
              "reference %s has %d bases here and %d in %s",
              name(references, id),
              references.length(id),
              all.length(known),
              files.get(first[known])),
          "the files belong to different genomes, convert them separately");
    } else {
      last[known] = file;
    }
  }

  private BamFormatException duplicate(SequenceDictionary references, int id) {
    int other = 0;
    while (!references.isNamed(other, references, id)) {
      other++;
    }
    return new BamFormatException(
        files.get(files.size() - 1),
        BamFormatException.UNKNOWN,
        String.format(
            "duplicate reference %s in the dictionary, with %d and %d bases",
            name(references, id), references.length(other), references.length(id)),
        "samtools rejects it, too; give every reference a unique name");
  }

  private void insert(int slot, SequenceDictionary references, int id, int file) {
    int number = all.size();
    all.add(references, id);
    table[slot] = number;
    if (number == first.length) {
      first = Arrays.copyOf(first, number + (number >> 1));
      last = Arrays.copyOf(last, first.length);
    }
    first[number] = file;
    last[number] = file;
    if (3L * all.size() > 2L * table.length) {
      grow();
    }
  }

  /** The slot of a name, or the free slot for it. */
  private int slot(SequenceDictionary references, int id) {
    int slot = bucket(references.nameHash(id));
    while (table[slot] >= 0 && !all.isNamed(table[slot], references, id)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private int bucket(int hash) {
    int mixed = hash * 0x9e3779b9;
    return (mixed ^ mixed >>> 15) & (table.length - 1);
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, -1);
    for (int number = 0; number < all.size(); number++) {
      int slot = bucket(all.nameHash(number));
      while (table[slot] >= 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = number;
    }
  }

  private static String name(SequenceDictionary references, int id) {
    return new String(
        references.names(),
        references.nameStart(id),
        references.nameLength(id),
        StandardCharsets.UTF_8);
  }
}
