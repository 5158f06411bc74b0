package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;

/**
 * Decodes the columns {@code tags} and {@code other_tags} in one pass over the auxiliary fields of
 * each record. Of a duplicate tag, the typed field takes the first value of its type.
 */
final class TagsDecoder extends ColumnDecoder {
  private final TagOptions options;

  /** There is no {@code other_tags}: a value that does not fit its typed field is an error. */
  private final boolean noOtherTags;

  private final boolean allAreOther;
  private final boolean latin1;
  private final TagColumn[] fields;

  /** The emitted fields, and with {@code other_tags} all other typed tags, which it excludes. */
  private final TypedTag[] typed;

  private final OtherTagsColumn other;

  /** By tag key, the index in {@link #typed} + 1, or 0. */
  private final short[] positions = new short[1 << 16];

  private final AuxCursor aux = new AuxCursor();
  private final CigarView cigar = new CigarView();
  private final int cg = AuxCursor.key("CG");
  private int rows;

  TagsDecoder(TagOptions options, List<TagType> types, boolean latin1, BatchMemory memory) {
    this.options = options;
    noOtherTags = options.other() == OtherTags.NONE;
    allAreOther = options.other() == OtherTags.ALL;
    this.latin1 = latin1;
    other = options.emitsOtherTags() ? new OtherTagsColumn(latin1, memory) : null;
    List<TagType> emitted = options.fields(types);
    fields = new TagColumn[emitted.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = TagColumn.of(emitted.get(i), memory);
    }
    List<TypedTag> all = new ArrayList<>(List.of(fields));
    if (other != null) {
      types.stream().filter(type -> !emitted.contains(type)).map(TypedTag::new).forEach(all::add);
    }
    typed = all.toArray(TypedTag[]::new);
    for (int i = 0; i < typed.length; i++) {
      positions[AuxCursor.key(typed[i].type.tag())] = (short) (i + 1);
    }
  }

  @Override
  void begin(int count) throws IOException {
    rows = count;
    for (TypedTag tag : typed) {
      tag.begin(rows);
    }
    if (other != null) {
      other.begin(rows);
    }
  }

  @Override
  void append(RecordGroup records) throws IOException {
    for (int i = 0; i < records.count; i++) {
      aux.reset(records.data, records.aux(i), records.end(i));
      record(records.slice, records.data, records.record + i, records.row + i);
    }
  }

  @Override
  void finish(RecordSlice slice, int first) throws IOException {
    for (TagColumn field : fields) {
      field.finish(slice, first, latin1);
    }
  }

  private void record(RecordSlice slice, byte[] data, int record, int row) throws IOException {
    while (aux.next()) {
      int position = positions[aux.tag()];
      if (position != 0) {
        TypedTag tag = typed[position - 1];
        if (tag.lastRow != row && tag.fits(aux) && !allAreOther && aux.tag() != cg) {
          tag.lastRow = row;
          tag.takenRow = row;
          tag.take(aux, data, row);
        } else {
          unusual(slice, data, record, row, tag);
        }
      } else if (other != null && !(aux.tag() == cg && isRealCigar(slice, record))) {
        if (options.failOnDuplicate()) {
          requireFirst(slice, data, record);
        }
        other.add(slice, record, aux);
      }
    }
    if (aux.isInvalid()) {
      throw slice.invalidRecord(record, aux.problem(), DamagedRecordRemedies.TAGS_INVALID);
    }
    if (other != null) {
      other.endRow();
    }
  }

  /** A typed tag that is a duplicate, has another type, or may be copied or the real CIGAR. */
  private void unusual(RecordSlice slice, byte[] data, int record, int row, TypedTag tag)
      throws IOException {
    if (aux.tag() == cg && isRealCigar(slice, record)) {
      return;
    }
    boolean repeated = tag.lastRow == row;
    if (repeated && (noOtherTags || options.failOnDuplicate())) {
      throw duplicate(slice, record);
    }
    tag.lastRow = row;
    boolean fits = tag.fits(aux);
    boolean taken = fits && tag.takenRow != row;
    if (taken) {
      tag.take(aux, data, row);
      tag.takenRow = row;
    }
    if (!fits && (noOtherTags || options.failOnMismatch())) {
      throw slice.error(
          record,
          "tag "
              + AuxCursor.name(aux.tag())
              + " has a value of type "
              + (char) aux.type()
              + ", its column is "
              + tag.type,
          Remedy.of(
              "list another type with ", OptionKey.TAGS, ", or let the value go to other_tags"));
    }
    if (other != null && (!taken || allAreOther)) {
      other.add(slice, record, aux);
    }
  }

  private boolean isRealCigar(RecordSlice slice, int record) throws IOException {
    cigar.reset(slice, record);
    return cigar.isIn(aux);
  }

  private void requireFirst(RecordSlice slice, byte[] data, int record) throws IOException {
    AuxCursor before = new AuxCursor();
    before.reset(data, RecordLayout.aux(data, slice.start(record)), aux.start());
    if (before.find(aux.tag())) {
      throw duplicate(slice, record);
    }
  }

  private IOException duplicate(RecordSlice slice, int record) {
    return slice.error(
        record,
        "duplicate tag " + AuxCursor.name(aux.tag()),
        Remedy.of(
            "let the second go to other_tags: ",
            OptionKey.OTHER_TAGS.setTo("overflow"),
            " ",
            OptionKey.ON_DUPLICATE_TAG.setTo("other")));
  }

  @Override
  void emit(BatchBuilder out) throws IOException {
    if (options.emitsTags()) {
      out.node(rows, 0);
      out.empty();
      for (TagColumn field : fields) {
        field.emit(out);
      }
    }
    if (other != null) {
      other.emit(out);
    }
  }
}
