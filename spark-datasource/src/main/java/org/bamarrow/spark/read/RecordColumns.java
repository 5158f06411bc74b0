package org.bamarrow.spark.read;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.bam.SequenceDictionary;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.engine.SchemaMetadata;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.ReferenceIds;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.spark.schema.RecordMetadata;

/**
 * The metadata columns {@code _voffset} and {@code _rid} of an Arrow file: the stored columns
 * {@code voffset} and {@code rid}, or the index of {@code rname} in the references of the schema's
 * metadata. Owns the vector that it computes. For one thread.
 */
final class RecordColumns implements AutoCloseable {
  private static final String RNAME = "rname";
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final ArrowType INT64 = new ArrowType.Int(64, true);

  private final List<String> metadata;
  private final String file;
  private final Schema schema;
  private final IntVector ids;
  private ByteStringSet references;
  private byte[] name = new byte[64];

  /**
   * @param metadata names of the columns that are metadata columns; other names are columns of the
   *     file
   * @param file for messages
   * @param schema of the file
   */
  RecordColumns(List<String> metadata, String file, Schema schema, BufferAllocator allocator) {
    this.metadata = metadata;
    this.file = file;
    this.schema = schema;
    this.ids = new IntVector(RecordMetadata.RID.name(), allocator);
  }

  /** The name of the column of the file from which a column is read. */
  String stored(String column) {
    return metadata.contains(column) ? stored(column, schema, file) : column;
  }

  /**
   * The name of the column from which a metadata column is read.
   *
   * @param file for the message
   * @throws IllegalArgumentException if a file with this schema does not have it
   */
  static String stored(String column, Schema schema, String file) {
    boolean isId = column.equals(RecordMetadata.RID.name());
    String own = isId ? RecordMetadata.RID.coreName() : RecordMetadata.VOFFSET.coreName();
    if (has(schema, own, isId ? INT32 : INT64)) {
      return own;
    }
    if (isId && has(schema, RNAME, ArrowType.Utf8.INSTANCE)) {
      return RNAME;
    }
    throw new IllegalArgumentException(
        String.format(
            "%s: has no column %s, which %s needs; convert the BAM with it",
            file, isId ? RNAME + " or " + own : own, column));
  }

  private static boolean has(Schema schema, String name, ArrowType type) {
    return schema.getFields().stream()
        .filter(field -> field.getName().equals(name))
        .map(IpcBatches::normalized)
        .map(Field::getType)
        .anyMatch(type::equals);
  }

  /**
   * The values of a column in a batch, valid until the next one.
   *
   * @param stored the values of the column {@link #stored(String)}
   */
  FieldVector of(String column, FieldVector stored) throws IOException {
    boolean computed = stored.getName().equals(RNAME) && metadata.contains(column);
    return computed ? idsOf((VarCharVector) stored) : stored;
  }

  private IntVector idsOf(VarCharVector names) throws IOException {
    if (references == null) {
      references = references(schema, file);
    }
    int rows = names.getValueCount();
    if (ids.getValueCapacity() < rows) {
      ids.allocateNew(rows);
    }
    ArrowBuf offsets = names.getOffsetBuffer();
    ArrowBuf texts = names.getDataBuffer();
    int length = -1; // of the name of the row before, which is in name
    int id = -1;
    for (int row = 0; row < rows; row++) {
      if (names.isNull(row)) {
        ids.setNull(row);
        continue;
      }
      int start = offsets.getInt(4L * row);
      int own = offsets.getInt(4L * row + 4) - start;
      if (own != length || !isName(texts, start, own)) {
        name = name.length < own ? new byte[own] : name;
        texts.getBytes(start, name, 0, own);
        length = own;
        id = references.indexOf(name, 0, own);
        if (id < 0) {
          throw new IOException(
              String.format(
                  "%s: %s has reference %s, which is not in the references of its header",
                  file, RNAME, names.getObject(row)));
        }
      }
      ids.set(row, id);
    }
    ids.setValueCount(rows);
    return ids;
  }

  private boolean isName(ArrowBuf texts, long start, int length) {
    for (int i = length - 1; i >= 0; i--) {
      if (texts.getByte(start + i) != name[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * A condition for rows of a file of which each condition on {@code _rid} is one on a column that
   * the file has.
   *
   * @param file for messages
   * @throws IllegalArgumentException if the file does not have what {@code _rid} needs
   * @throws IOException if its references are not known
   */
  static RawPredicate resolved(RawPredicate condition, Schema schema, String file)
      throws IOException {
    if (!ReferenceIds.areIn(condition)) {
      return condition;
    }
    String stored = stored(RecordMetadata.RID.name(), schema, file);
    return stored.equals(RNAME)
        ? ReferenceIds.asNames(references(schema, file).encoded().toList(), condition)
        : ReferenceIds.as(RawField.ofBatches(stored, null, RawField.Kind.INTEGER), condition);
  }

  private static ByteStringSet references(Schema schema, String file) throws IOException {
    Map<String, String> stated = schema.getCustomMetadata();
    SequenceDictionary dictionary;
    try {
      dictionary = SchemaMetadata.headerOf(stated == null ? Map.of() : stated).references();
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          String.format(
              "%s: the references, which %s needs, are not known: %s; only files that were"
                  + " converted from a BAM have them",
              file, RecordMetadata.RID.name(), e.getMessage()),
          e);
    }
    ByteStringSet.Builder builder = new ByteStringSet.Builder();
    for (int id = 0; id < dictionary.size(); id++) {
      int start = dictionary.nameStart(id);
      builder.add(dictionary.names(), start, start + dictionary.nameLength(id));
    }
    ByteStringSet names = builder.build();
    if (names.size() != dictionary.size()) {
      throw new IOException(file + ": its header has two references of the same name");
    }
    return names;
  }

  @Override
  public void close() {
    ids.close();
  }
}
