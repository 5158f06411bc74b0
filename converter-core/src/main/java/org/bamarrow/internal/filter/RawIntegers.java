package org.bamarrow.internal.filter;

import java.util.List;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * Integer columns of one record after another, read from its raw bytes: the values that decoding
 * would give. For one thread.
 */
public final class RawIntegers {
  /** Stands for null; no column has such a value. */
  public static final long NULL = IntegerValue.NULL;

  private final RecordTags tags = new RecordTags();
  private final IntegerValue[] fields;
  private RecordSlice slice;
  private int row;

  /**
   * @param fields of kind {@code INTEGER}
   */
  public RawIntegers(List<RawField> fields) {
    this.fields =
        fields.stream().map(field -> IntegerValue.of(field, tags)).toArray(IntegerValue[]::new);
  }

  /** Goes to a record. */
  public void at(RecordSlice records, int record) {
    slice = records;
    row = record;
    tags.next();
  }

  /**
   * The value of a field, by its number in the list, or {@link #NULL}.
   *
   * @throws BamFormatException where the column could not be decoded either
   */
  public long get(int field) throws BamFormatException {
    return fields[field].of(slice, row);
  }
}
