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
    return decoders().stream().flatMap(d -> d.fields().stream()).toList();
  }

  /** The typed tags, emitted or not, in order. */
  public List<TagType> tagTypes() {
    return tagTypes;
  }

  /** A decoder for one thread. */
  public SliceDecoder newDecoder(BufferAllocator allocator) {
    return new SliceDecoder(decoders(), allocator);
  }

  private List<ColumnDecoder> decoders() {
    List<ColumnDecoder> decoders = new ArrayList<>();
    for (String name : columns.names()) {
      decoders.add(BamColumn.named(name, columns).decoder(name, columns));
    }
    if (tags.emitsTags() || tags.emitsOtherTags()) {
      decoders.add(new TagsDecoder(tags, tagTypes, columns.textEncoding() == TextEncoding.LATIN_1));
    }
    return decoders;
  }
}
