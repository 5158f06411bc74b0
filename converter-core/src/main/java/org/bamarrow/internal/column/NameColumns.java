package org.bamarrow.internal.column;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bam.SequenceDictionary;
import org.bamarrow.internal.base.LittleEndian;

/** The text columns of names: of reads, references and files. */
final class NameColumns {
  private NameColumns() {}

  /** QNAME; {@code *} (not available) becomes null. */
  static final class Qname extends TextColumn {
    private final boolean latin1;

    Qname(Field field, boolean latin1) {
      super(field);
      this.latin1 = latin1;
    }

    @Override
    void append(RecordSlice slice, int first, int from, int to) throws IOException {
      byte[] data = slice.data();
      for (int row = from; row < to; row++) {
        int start = slice.start(first + row);
        int name = start + RecordLayout.READ_NAME;
        int length = (data[start + RecordLayout.L_READ_NAME] & 0xff) - 1;
        if (length == 1 && data[name] == '*') {
          endNull(row);
        } else {
          text.append(data, name, length);
          end(row);
        }
      }
    }

    @Override
    void finish(RecordSlice slice, int first) throws IOException {
      checkUtf8(slice, first, latin1);
    }
  }

  /** RNAME or RNEXT: the name of the reference; id -1 becomes null. */
  static final class ReferenceName extends TextColumn {
    private final int offset;
    private BamHeader header;
    private SequenceDictionary references;

    /**
     * @param offset of refID or next_refID in the record
     */
    ReferenceName(Field field, int offset) {
      super(field);
      this.offset = offset;
    }

    @Override
    void append(RecordSlice slice, int first, int from, int to) throws IOException {
      if (header != slice.header()) {
        header = slice.header();
        references = header.references();
      }
      byte[] data = slice.data();
      byte[] names = references.names();
      for (int row = from; row < to; row++) {
        int id = LittleEndian.int32(data, slice.start(first + row) + offset);
        if (id < 0) {
          endNull(row);
        } else {
          text.append(names, references.nameStart(id), references.nameLength(id));
          end(row);
        }
      }
    }
  }

  /** The name of the input file of the record, as given by the user. */
  static final class FileName extends TextColumn {
    FileName(Field field) {
      super(field);
    }

    @Override
    void append(RecordSlice slice, int first, int from, int to) throws IOException {
      byte[] name = slice.file().getBytes(StandardCharsets.UTF_8);
      for (int row = from; row < to; row++) {
        text.append(name);
        end(row);
      }
    }
  }
}
