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
 * One reference dictionary for several inputs, which may come one by one. A name stands for one
 * reference of one length: twice in one dictionary it is an error, as samtools has it, whatever the
 * lengths; in two files it has to have the same. For one thread.
 */
public final class DictionaryUnion {
  private static final int RECENT = 4;

  private final SequenceDictionary.Builder all = new SequenceDictionary.Builder();

  /** Dictionaries added last, the newest in front: those of one genome's files are all equal. */
  private final Deque<SequenceDictionary> recent = new ArrayDeque<>();

  private SequenceDictionary firstList;

  private final List<String> files = new ArrayList<>();

  /** Numbers of references by the hash of their names, -1: none; a third of it at least is free. */
  private int[] table = new int[16];

  /** By the number of a reference, the places among the files where it came first and last. */
  private int[] first = new int[8];

  private int[] last = new int[8];

  public DictionaryUnion() {
    Arrays.fill(table, -1);
  }

  /**
   * The references of all inputs by first appearance.
   *
   * @throws BamFormatException if an input has a name twice, or two inputs give one name two
   *     lengths
   */
  public static SequenceDictionary union(List<BamInput> inputs) throws BamFormatException {
    DictionaryUnion union = new DictionaryUnion();
    for (BamInput input : inputs) {
      union.add(input);
    }
    return union.references();
  }

  /** All added so far, by first appearance. */
  public SequenceDictionary references() {
    return files.size() == 1 ? firstList : all.build();
  }

  private void add(BamInput input) throws BamFormatException {
    add(input.source().name(), input.header().references());
  }

  /**
   * Adds the dictionary of one more file.
   *
   * @throws BamFormatException if it has a name twice, or gives it another length than an input
   *     before it
   */
  public void add(String file, SequenceDictionary references) throws BamFormatException {
    if (recent.contains(references)) {
      return;
    }
    recent.addFirst(references);
    if (recent.size() > RECENT) {
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
      throw twice(references, id);
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
          "the files belong to different genomes, convert them apart");
    } else {
      last[known] = file;
    }
  }

  private BamFormatException twice(SequenceDictionary references, int id) {
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
        "samtools refuses it, too; give every reference a name of its own");
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

  /** Where a name is, or would be. */
  private int slot(SequenceDictionary references, int id) {
    int slot = spread(references.nameHash(id));
    while (table[slot] >= 0 && !all.isNamed(table[slot], references, id)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private int spread(int hash) {
    int mixed = hash * 0x9e3779b9;
    return (mixed ^ mixed >>> 15) & (table.length - 1);
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, -1);
    for (int number = 0; number < all.size(); number++) {
      int slot = spread(all.nameHash(number));
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
