package org.bamarrow.internal.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TextEncoding;

/** The columns of a conversion: creates the Arrow fields and decoders for them. Immutable. */
public final class BatchSchema {
  private final ColumnOptions columns;
  private final TagOptions tags;
  private final List<TagType> tagTypes;

  /**
   * Checks the column names.
   *
   * @param tagTypes the typed tags, as listed or found; {@code tags} selects those that are emitted
   * @throws IllegalArgumentException if a column name is unknown or a duplicate
   */
  public BatchSchema(ColumnOptions columns, TagOptions tags, List<TagType> tagTypes) {
    this.columns = columns;
    this.tags = tags;
    this.tagTypes = List.copyOf(tagTypes);
    List<String> seen = new ArrayList<>();
    for (String name : columns.names()) {
      BamColumn.named(name, columns);
      if (seen.contains(name)) {
        throw new IllegalArgumentException("duplicate column '" + name + "'");
      }
      seen.add(name);
    }
  }

  /** The Arrow fields of the columns, in order. */
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (String name : columns.names()) {
      fields.add(BamColumn.named(name, columns).field(name, columns));
    }
    if (tags.emitsTags()) {
      fields.add(TagFields.tags(tags.fields(tagTypes)));
    }
    if (tags.emitsOtherTags()) {
      fields.add(TagFields.otherTags());
    }
    return fields;
  }

  /** The typed tags, emitted or not, in order. */
  public List<TagType> tagTypes() {
    return tagTypes;
  }

  /** A decoder for one thread. */
  public SliceDecoder newDecoder(BufferAllocator allocator) {
    BatchMemory memory = new BatchMemory(allocator);
    List<ColumnDecoder> decoders = new ArrayList<>();
    for (String name : columns.names()) {
      decoders.add(BamColumn.named(name, columns).decoder(columns, memory));
    }
    if (tags.emitsTags() || tags.emitsOtherTags()) {
      boolean latin1 = columns.textEncoding() == TextEncoding.LATIN_1;
      decoders.add(new TagsDecoder(tags, tagTypes, latin1, memory));
    }
    return new SliceDecoder(decoders, memory);
  }
}
