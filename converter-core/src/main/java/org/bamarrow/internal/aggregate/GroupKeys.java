package org.bamarrow.internal.aggregate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawIntegers;
import org.bamarrow.io.BamFormatException;

/** Assigns 0-based numbers to the groups of an aggregation. Not thread-safe. */
abstract class GroupKeys {
  /** The group keys of a column; a single group if it is null. */
  static GroupKeys of(RawField column) {
    if (column == null) {
      return new SingleGroup();
    }
    return column.column() == RawField.Column.RNAME ? new References() : new Integers(column);
  }

  /** The group number of a record. */
  abstract int number(RecordSlice slice, int row) throws BamFormatException;

  /** Upper bound, exclusive, of the group numbers until the next header. */
  abstract int size(BamHeader header);

  /** The value of the column in a group: a Long, a String or null. */
  abstract Object key(int number);

  private static final class SingleGroup extends GroupKeys {
    @Override
    int number(RecordSlice slice, int row) {
      return 0;
    }

    @Override
    int size(BamHeader header) {
      return 1;
    }

    @Override
    Object key(int number) {
      return null;
    }
  }

  /** FLAG and MAPQ, at most 16 bits; null is group 0. */
  private static final class Integers extends GroupKeys {
    private static final int GROUPS = (1 << 16) + 1;

    private final RawIntegers value;

    Integers(RawField column) {
      value = new RawIntegers(List.of(column));
    }

    @Override
    int number(RecordSlice slice, int row) throws BamFormatException {
      value.at(slice, row);
      long key = value.get(0);
      return key == RawIntegers.NULL ? 0 : (int) key + 1;
    }

    @Override
    int size(BamHeader header) {
      return GROUPS;
    }

    @Override
    Object key(int number) {
      return number == 0 ? null : Long.valueOf(number - 1);
    }
  }

  /** RNAME: the same name in several headers is one group; null is group 0. */
  private static final class References extends GroupKeys {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private BamHeader header;

    /** Group number by reference id of the current header. */
    private int[] numbersById;

    References() {
      names.add(null);
    }

    @Override
    int number(RecordSlice slice, int row) {
      int id = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.REF_ID);
      return id < 0 ? 0 : numbersById[id];
    }

    @Override
    int size(BamHeader next) {
      if (header != next) {
        header = next;
        numbersById =
            next.references().stream().mapToInt(reference -> number(reference.name())).toArray();
      }
      return names.size();
    }

    private int number(String name) {
      return numbers.computeIfAbsent(
          name,
          added -> {
            names.add(added);
            return names.size() - 1;
          });
    }

    @Override
    Object key(int number) {
      return names.get(number);
    }
  }
}
