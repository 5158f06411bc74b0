package org.bamarrow.internal.column;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.SequenceDictionary;

/** The text columns of names: of reads, references and files. */
final class NameColumns {
  private NameColumns() {}

  /** QNAME; {@code *} (not available) becomes null. */
  static final class Qname extends TextColumn {
    private final boolean latin1;

    Qname(BatchMemory memory, boolean latin1) {
      super(memory);
      this.latin1 = latin1;
    }

    @Override
    void append(RecordGroup records) throws IOException {
      byte[] data = records.data;
      for (int i = 0; i < records.count; i++) {
        int name = records.start[i] + RecordLayout.READ_NAME;
        int length = records.cigar[i] - name - 1;
        if (length == 1 && data[name] == '*') {
          values.endNull(records.row + i);
        } else {
          values.append(data, name, length);
          values.end(records.row + i);
        }
      }
    }

    @Override
    void finish(RecordSlice slice, int first) throws IOException {
      values.finish(slice, first, latin1);
    }
  }

  /** RNAME or RNEXT: the name of the reference; id -1 becomes null. */
  static final class ReferenceName extends TextColumn {
    private final boolean next;
    private BamHeader header;

    /** The reference of the last record, whose name is mostly that of the next one, too. */
    private int last;

    private byte[] names;
    private int nameStart;
    private int nameLength;

    /** The first eight bytes of its name. */
    private long eight;

    /**
     * @param next whether it is RNEXT
     */
    ReferenceName(BatchMemory memory, boolean next) {
      super(memory);
      this.next = next;
    }

    @Override
    void append(RecordGroup records) throws IOException {
      if (header != records.slice.header()) {
        header = records.slice.header();
        last = -1;
      }
      int[] ids = next ? records.nextRefId : records.refId;
      for (int i = 0; i < records.count; i++) {
        int id = ids[i];
        if (id < 0) {
          values.endNull(records.row + i);
        } else {
          if (id != last) {
            lookUp(id);
          }
          name();
          values.end(records.row + i);
        }
      }
    }

    private void lookUp(int id) {
      SequenceDictionary references = header.references();
      names = references.names();
      nameStart = references.nameStart(id);
      nameLength = references.nameLength(id);
      eight = 0;
      for (int i = Math.min(8, nameLength) - 1; i >= 0; i--) {
        eight = eight << 8 | names[nameStart + i] & 0xff;
      }
      last = id;
    }

    private void name() throws IOException {
      if (nameLength <= 8) {
        text.ensure(8);
        OffHeap.int64(text.address + text.size, eight);
        text.size += nameLength;
      } else {
        text.append(names, nameStart, nameLength);
      }
    }
  }

  /** The name of the input file of the record, as given by the user. */
  static final class FileName extends TextColumn {
    FileName(BatchMemory memory) {
      super(memory);
    }

    @Override
    void append(RecordGroup records) throws IOException {
      byte[] name = records.slice.file().getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < records.count; i++) {
        text.append(name, 0, name.length);
        values.end(records.row + i);
      }
    }
  }
}
