package org.bamarrow.internal.filter;

import java.util.List;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * Reads integer columns from the raw bytes of records; the values are the same as after decoding.
 * For one thread.
 */
public final class RawIntegers {
  /** The value for null; no column has this value. */
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

  /** Moves to a record. */
  public void at(RecordSlice records, int record) {
    slice = records;
    row = record;
    tags.next();
  }

  /**
   * The value of a field, by its 0-based index in the list, or {@link #NULL}.
   *
   * @throws BamFormatException if the column cannot be decoded for this record
   */
  public long get(int field) throws BamFormatException {
    return fields[field].of(slice, row);
  }
}
