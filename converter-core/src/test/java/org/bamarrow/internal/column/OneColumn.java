package org.bamarrow.internal.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.AfterEach;

/** Records decoded to the values of one column. */
abstract class OneColumn {
  final BufferAllocator allocator = new RootAllocator();
  boolean zeroBased;
  boolean latin1;
  boolean lists;

  @AfterEach
  void closeAllocator() {
    allocator.close();
  }

  static ModelRecord at(int position) {
    return new ModelRecord().at(0, position);
  }

  static ModelRecord qualities(int length, int quality) {
    ModelRecord record = new ModelRecord().bases(new int[length]);
    Arrays.fill(record.qualities, (byte) quality);
    return record;
  }

  void refused(String column, ModelRecord record, String why) {
    BamFormatException error = assertThrows(BamFormatException.class, () -> value(column, record));
    assertTrue(error.getMessage().contains(why), error.getMessage());
  }

  Object value(String column, ModelRecord record) throws IOException {
    return column(column, List.of(record)).get(0);
  }

  /** Values of one column, decoded alone. */
  List<Object> column(String column, List<ModelRecord> records) throws IOException {
    boolean tags = column.equals("tags");
    boolean other = column.equals("other_tags");
    TagOptions options =
        TagOptions.defaults()
            .withListed(
                tags || other
                    ? List.of(TagType.parse("NM:i"), TagType.parse("MD:Z"), TagType.parse("XF:f"))
                    : List.of())
            .withMode(tags || other ? TagsMode.LIST : TagsMode.NONE)
            .withOther(tags || other ? OtherTags.OVERFLOW : OtherTags.NONE);
    List<String> names = tags || other ? List.of() : List.of(column);
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withNames(names)
            .withCoordinates(zeroBased ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED)
            .withQual(lists ? QualForm.NUMBERS : QualForm.TEXT)
            .withCigar(lists ? CigarForm.OPS : CigarForm.TEXT)
            .withTextEncoding(latin1 ? TextEncoding.LATIN_1 : TextEncoding.UTF_8);
    BatchSchema schema = new BatchSchema(columns, options, options.listed());
    List<Field> fields = schema.fields();
    assertEquals(tags || other ? 2 : 1, fields.size());
    try (SliceDecoder decoder = schema.newDecoder(allocator)) {
      return Decoded.of(schema, decoder, allocator, ModelRecord.slice(records), records.size())
          .columns()
          .get(column);
    }
  }
}
