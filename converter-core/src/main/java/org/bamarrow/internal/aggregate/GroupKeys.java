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

/** Numbers the groups of an aggregation, from 0. For one thread. */
abstract class GroupKeys {
  /** The keys of a column; null: one group for all. */
  static GroupKeys of(RawField column) {
    if (column == null) {
      return new One();
    }
    return column.column() == RawField.Column.RNAME ? new References() : new Integers(column);
  }

  /** The number of a record's group. */
  abstract int number(RecordSlice slice, int row) throws BamFormatException;

  /** The groups' numbers are below this one, from now on until the next header. */
  abstract int size(BamHeader header);

  /** The value of the column in a group: a Long, a String or null. */
  abstract Object key(int number);

  private static final class One extends GroupKeys {
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

  /** FLAG and MAPQ, of at most 16 bits; null is number 0. */
  private static final class Integers extends GroupKeys {
    private static final int NUMBERS = (1 << 16) + 1;

    private final RawIntegers value;

    Integers(RawField column) {
      value = new RawIntegers(List.of(column));
    }

    @Override
    int number(RecordSlice slice, int row) throws BamFormatException {
      value.at(slice, row);
      long of = value.get(0);
      return of == RawIntegers.NULL ? 0 : (int) of + 1;
    }

    @Override
    int size(BamHeader header) {
      return NUMBERS;
    }

    @Override
    Object key(int number) {
      return number == 0 ? null : Long.valueOf(number - 1);
    }
  }

  /** RNAME: the same name of several headers is one group; that of none is number 0. */
  private static final class References extends GroupKeys {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private BamHeader header;

    /** By reference id. */
    private int[] ofHeader;

    References() {
      names.add(null);
    }

    @Override
    int number(RecordSlice slice, int row) {
      int id = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.REF_ID);
      return id < 0 ? 0 : ofHeader[id];
    }

    @Override
    int size(BamHeader of) {
      if (header != of) {
        header = of;
        ofHeader =
            of.references().stream().mapToInt(reference -> number(reference.name())).toArray();
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
