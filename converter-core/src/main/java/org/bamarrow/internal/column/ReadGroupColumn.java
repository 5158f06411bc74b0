package org.bamarrow.internal.column;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.ReadGroups;
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
  private Map<String, byte[]> fields;

  /**
   * @param headerField {@code SM} or {@code LB}; null for the id of the read group
   */
  ReadGroupColumn(BatchMemory memory, String headerField, boolean latin1) {
    super(memory);
    this.headerField = headerField;
    this.latin1 = latin1;
  }

  @Override
  void append(RecordGroup records) throws IOException {
    RecordSlice slice = records.slice;
    if (headerField != null && header != slice.header()) {
      header = slice.header();
      fields = ReadGroups.fields(header, headerField);
    }
    byte[] data = records.data;
    for (int i = 0; i < records.count; i++) {
      aux.reset(data, records.aux(i), records.end(i));
      boolean found = aux.find(RG);
      while (found && aux.type() != 'Z') {
        found = aux.find(RG);
      }
      if (aux.isInvalid()) {
        throw slice.invalidRecord(
            records.record + i, aux.problem(), DamagedRecordRemedies.TAG_REQUIRED);
      }
      if (found && append(data)) {
        values.end(records.row + i);
      } else {
        values.endNull(records.row + i);
      }
    }
  }

  @Override
  void finish(RecordSlice slice, int first) throws IOException {
    values.finish(slice, first, latin1);
  }

  private boolean append(byte[] data) throws IOException {
    if (headerField == null) {
      values.append(data, aux.value(), aux.length());
      return true;
    }
    String id = new String(data, aux.value(), aux.length(), StandardCharsets.ISO_8859_1);
    byte[] value = fields.get(id);
    if (value != null) {
      values.append(value, 0, value.length);
    }
    return value != null;
  }
}
