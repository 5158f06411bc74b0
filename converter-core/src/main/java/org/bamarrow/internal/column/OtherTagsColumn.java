package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.SamFloat;
import org.bamarrow.internal.base.LittleEndian;

/**
 * The {@code other_tags} map: the key is the two-letter tag, the value is {@code TYPE:VALUE} as in
 * SAM text (SAM specification 1.5), with numbers formatted as by samtools.
 */
final class OtherTagsColumn {
  private final boolean latin1;
  private final GrowableBuffer offsets;
  private final GrowableBuffer keys;
  private final GrowableBuffer keyOffsets;
  private final GrowableBuffer values;
  private final GrowableBuffer valueOffsets;
  private final byte[] real = new byte[SamFloat.MAX_LENGTH];
  private int rows;
  private int entries;

  OtherTagsColumn(boolean latin1, BatchMemory memory) {
    this.latin1 = latin1;
    offsets = memory.newBuffer();
    keys = memory.newBuffer();
    keyOffsets = memory.newBuffer();
    values = memory.newBuffer();
    valueOffsets = memory.newBuffer();
  }

  void begin(int count) throws IOException {
    rows = count;
    entries = 0;
    offsets.clear();
    offsets.ensure(4L * count + 4);
    keys.clear();
    keyOffsets.clear();
    values.clear();
    valueOffsets.clear();
    offsets.append32(0);
    keyOffsets.append32(0);
    valueOffsets.append32(0);
  }

  /** Adds the field at the cursor to the current row. */
  void add(RecordSlice slice, int record, AuxCursor aux) throws IOException {
    byte[] data = slice.data();
    int at = aux.start();
    Utf8.append(slice, record, data, at, at + 2, latin1, keys);
    keyOffsets.append32(keys.size);
    values.ensure(2);
    int type = aux.isInteger() ? 'i' : aux.type();
    values.put(type);
    values.put(':');
    switch (type) {
      case 'i' -> integer(aux.integer());
      case 'f' -> real(data, aux.value());
      case 'B' -> array(data, aux);
      default ->
          Utf8.append(slice, record, data, aux.value(), aux.value() + aux.length(), latin1, values);
    }
    valueOffsets.append32(values.size);
    entries++;
  }

  private void array(byte[] data, AuxCursor aux) throws IOException {
    int subtype = aux.subtype();
    int size = AuxCursor.elementSize(subtype);
    values.ensure(1);
    values.put(subtype);
    int at = aux.value();
    for (int i = 0, count = aux.count(); i < count; i++, at += size) {
      values.ensure(1);
      values.put(',');
      if (subtype == 'f') {
        real(data, at);
      } else {
        integer(AuxCursor.integer(data, subtype, at));
      }
    }
  }

  private void integer(long value) throws IOException {
    values.ensure(Decimal.MAX_LENGTH);
    values.size += Decimal.write(value, values.address + values.size);
  }

  private void real(byte[] data, int at) throws IOException {
    float value = Float.intBitsToFloat(LittleEndian.int32(data, at));
    values.append(real, 0, SamFloat.write(value, real, 0));
  }

  /** Ends the current row. */
  void endRow() throws IOException {
    offsets.append32(entries);
  }

  void emit(BatchBuilder out) {
    none(out, rows); // the map
    out.buffer(offsets);
    none(out, entries); // its entries
    none(out, entries);
    out.buffer(keyOffsets);
    out.buffer(keys);
    none(out, entries);
    out.buffer(valueOffsets);
    out.buffer(values);
  }

  /** A node without nulls. */
  private void none(BatchBuilder out, int length) {
    out.node(length, 0);
    out.empty();
  }
}
