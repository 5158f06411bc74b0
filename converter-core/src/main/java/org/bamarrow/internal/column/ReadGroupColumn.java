package org.bamarrow.internal.column;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.ReadGroups;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;

/**
 * The RG tag of the record, or a field of the {@code @RG} header line with that id: sample (SM) or
 * library (LB). Null if the tag, the line or the field is missing.
 */
final class ReadGroupColumn extends TextColumn {
  private static final int RG = AuxCursor.key("RG");

  private final String headerField;
  private final boolean latin1;
  private final AuxCursor aux = new AuxCursor();
  private BamHeader header;
  private Map<String, byte[]> values;

  /**
   * @param headerField {@code SM} or {@code LB}; null for the id of the read group
   */
  ReadGroupColumn(Field field, String headerField, boolean latin1) {
    super(field);
    this.headerField = headerField;
    this.latin1 = latin1;
  }

  @Override
  void append(RecordSlice slice, int first, int from, int to) throws IOException {
    if (headerField != null && header != slice.header()) {
      header = slice.header();
      values = ReadGroups.fields(header, headerField);
    }
    byte[] data = slice.data();
    for (int row = from; row < to; row++) {
      int start = slice.start(first + row);
      aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
      boolean found = aux.find(RG);
      while (found && aux.type() != 'Z') {
        found = aux.find(RG);
      }
      if (aux.isInvalid()) {
        throw slice.invalidRecord(first + row, aux.problem(), DamagedRecordRemedies.TAG_REQUIRED);
      }
      if (found && append(data)) {
        end(row);
      } else {
        endNull(row);
      }
    }
  }

  @Override
  void finish(RecordSlice slice, int first) throws IOException {
    checkUtf8(slice, first, latin1);
  }

  private boolean append(byte[] data) throws IOException {
    if (headerField == null) {
      text.append(data, aux.value(), aux.length());
      return true;
    }
    String id = new String(data, aux.value(), aux.length(), StandardCharsets.ISO_8859_1);
    byte[] value = values.get(id);
    if (value != null) {
      text.append(value);
    }
    return value != null;
  }
}
