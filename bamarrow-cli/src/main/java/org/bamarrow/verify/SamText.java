package org.bamarrow.verify;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TextEncoding;

/**
 * Rows of an Arrow file as SAM lines (SAM specification 1.4 and 1.5). Bound to the vectors of one
 * reader, which each batch fills anew; for one thread.
 */
final class SamText {
  /** Appends one field, or the rest of the line from its tab on. */
  @FunctionalInterface
  private interface Part {
    void append(int row, Bytes line);
  }

  private static final List<String> MANDATORY =
      List.of(
          "qname", "flag", "rname", "pos", "mapq", "cigar", "rnext", "pnext", "tlen", "seq",
          "qual");
  private static final int NO_MAPQ = 255;

  private final List<FieldVector> vectors;
  private final boolean latin1;
  private final List<Part> mandatory = new ArrayList<>();
  private final List<Part> optional = new ArrayList<>();

  /**
   * @param vectors always the same, with the rows of a batch at a time
   * @throws IllegalArgumentException if a column that a SAM line needs is missing
   */
  SamText(List<FieldVector> vectors, OutputMetadata metadata) {
    this.vectors = vectors;
    this.latin1 = metadata.columns.textEncoding() == TextEncoding.LATIN_1;
    List<String> missing = new ArrayList<>(MANDATORY);
    vectors.forEach(vector -> missing.remove(vector.getName()));
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "no SAM text without the columns "
              + String.join(", ", missing)
              + "; convert with all core columns");
    }
    int toOneBased = metadata.columns.coordinates() == Coordinates.ZERO_BASED ? 1 : 0;
    for (String name : MANDATORY) {
      mandatory.add(
          switch (name) {
            case "flag", "tlen" -> number(name, 0, 0);
            case "pos", "pnext" -> number(name, 0, toOneBased);
            case "mapq" -> number(name, NO_MAPQ, 0);
            case "cigar" -> metadata.columns.cigar() == CigarForm.OPS ? cigarOps() : text(name);
            case "rnext" -> rnext();
            case "qual" -> metadata.columns.qual() == QualForm.NUMBERS ? qualNumbers() : text(name);
            default -> text(name);
          });
    }
    // With all tags in the map they are in the order of the record.
    boolean allInMap = metadata.tags.other() == OtherTags.ALL && metadata.tags.emitsOtherTags();
    if (vector("tags") != null && !allInMap) {
      StructVector tags = (StructVector) vector("tags");
      tags.getChildrenFromFields().forEach(child -> optional.add(tag(child)));
    }
    if (vector("other_tags") != null) {
      optional.add(otherTags((MapVector) vector("other_tags")));
    }
  }

  /** Appends the line of {@code row} (0-based in the batch) with its line feed. */
  void append(int row, Bytes line) {
    for (int i = 0; i < mandatory.size(); i++) {
      if (i > 0) {
        line.add('\t');
      }
      mandatory.get(i).append(row, line);
    }
    for (int i = 0; i < optional.size(); i++) {
      optional.get(i).append(row, line);
    }
    line.add('\n');
  }

  /** The first of a name; null without one. */
  private FieldVector vector(String name) {
    return vectors.stream().filter(each -> name.equals(each.getName())).findFirst().orElse(null);
  }

  private Part number(String name, int ofNull, int shift) {
    IntVector vector = (IntVector) vector(name);
    return (row, line) ->
        line.addNumber(vector.isNull(row) ? ofNull : (long) vector.get(row) + shift);
  }

  private Part text(String name) {
    VarCharVector vector = (VarCharVector) vector(name);
    return (row, line) -> {
      if (vector.isNull(row)) {
        line.add('*');
      } else {
        value(vector, row, line);
      }
    };
  }

  /** As the file had it: what was mapped from Latin-1 goes back. */
  private void value(VarCharVector vector, int row, Bytes line) {
    int from = line.length;
    line.add(vector.getDataBuffer(), vector.getStartOffset(row), vector.getValueLength(row));
    if (latin1) {
      int to = from;
      for (int at = from; at < line.length; at++) {
        int first = line.data[at];
        // Characters 128 to 255 are two bytes of UTF-8: 110000xx 10xxxxxx.
        line.data[to++] = (byte) (first >= 0 ? first : first << 6 | line.data[++at] & 0x3f);
      }
      line.length = to;
    }
  }

  private Part rnext() {
    VarCharVector rname = (VarCharVector) vector("rname");
    VarCharVector rnext = (VarCharVector) vector("rnext");
    Part name = text("rnext");
    Bytes own = new Bytes();
    Bytes mate = new Bytes();
    return (row, line) -> {
      boolean same =
          !rname.isNull(row)
              && !rnext.isNull(row)
              && ColumnCheck.value(rname, row, own).sameAs(ColumnCheck.value(rnext, row, mate));
      if (same) {
        line.add('=');
      } else {
        name.append(row, line);
      }
    };
  }

  private Part qualNumbers() {
    ListVector lists = (ListVector) vector("qual");
    TinyIntVector numbers = (TinyIntVector) lists.getDataVector();
    return (row, line) -> {
      if (lists.isNull(row)) {
        line.add('*');
        return;
      }
      for (int i = lists.getElementStartIndex(row); i < lists.getElementEndIndex(row); i++) {
        line.add(numbers.get(i) + 33);
      }
    };
  }

  private Part cigarOps() {
    ListVector lists = (ListVector) vector("cigar");
    StructVector ops = (StructVector) lists.getDataVector();
    VarCharVector op = (VarCharVector) ops.getChild("op");
    IntVector length = (IntVector) ops.getChild("length");
    return (row, line) -> {
      if (lists.isNull(row)) {
        line.add('*');
        return;
      }
      for (int i = lists.getElementStartIndex(row); i < lists.getElementEndIndex(row); i++) {
        line.addNumber(length.get(i));
        value(op, i, line);
      }
    };
  }

  private Part tag(FieldVector vector) {
    String type = vector.getField().getMetadata().get(TagChecks.TYPE);
    if (type == null || type.isEmpty()) {
      throw new IllegalArgumentException(
          "tag " + vector.getName() + " has no field metadata '" + TagChecks.TYPE + "'");
    }
    Bytes start = new Bytes();
    start.add('\t').addLatin1(vector.getName()).add(':').addLatin1(type);
    if (type.length() == 1) {
      start.add(':');
    }
    Part value = tagValue(vector, type);
    return (row, line) -> {
      if (!vector.isNull(row)) {
        line.add(start.data, 0, start.length);
        value.append(row, line);
      }
    };
  }

  private Part tagValue(FieldVector vector, String type) {
    switch (type.charAt(0)) {
      case 'i':
        BaseIntVector numbers = (BaseIntVector) vector;
        return (row, line) -> line.addNumber(numbers.getValueAsLong(row));
      case 'f':
        Float4Vector floats = (Float4Vector) vector;
        return (row, line) -> line.addFloat(floats.get(row));
      case 'B':
        ListVector lists = (ListVector) vector;
        FieldVector elements = lists.getDataVector();
        Part element =
            elements instanceof Float4Vector each
                ? (i, line) -> line.addFloat(each.get(i))
                : number((BaseIntVector) elements);
        return (row, line) -> {
          for (int i = lists.getElementStartIndex(row); i < lists.getElementEndIndex(row); i++) {
            element.append(i, line.add(','));
          }
        };
      default:
        VarCharVector texts = (VarCharVector) vector;
        return (row, line) -> value(texts, row, line);
    }
  }

  private static Part number(BaseIntVector numbers) {
    return (i, line) -> line.addNumber(numbers.getValueAsLong(i));
  }

  private Part otherTags(MapVector map) {
    StructVector entries = (StructVector) map.getDataVector();
    VarCharVector keys = (VarCharVector) entries.getChildrenFromFields().get(0);
    VarCharVector values = (VarCharVector) entries.getChildrenFromFields().get(1);
    return (row, line) -> {
      for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
        line.add('\t');
        value(keys, i, line);
        line.add(':');
        value(values, i, line);
      }
    };
  }
}
