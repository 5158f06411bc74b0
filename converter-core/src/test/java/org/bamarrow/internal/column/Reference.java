package org.bamarrow.internal.column;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TextEncoding;

/** What each column must hold, from the model of a record, the slow and plain way. */
final class Reference {
  /** Thrown where a record has to be refused. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Reference() {}

  static Object value(String column, ModelRecord r, int row, ColumnOptions options) {
    int base = options.coordinates() == Coordinates.ZERO_BASED ? 0 : 1;
    return switch (column) {
      case "qname", "name" -> r.name.equals("*") ? null : decoded(r.name, options);
      case "flag", "flags" -> r.flag;
      case "rname", "chrom" -> name(r.refId);
      case "pos", "start" -> r.pos == -1 ? null : r.pos + base;
      case "end" -> r.pos == -1 ? null : end(r);
      case "mapq" -> r.mapq == 255 ? null : r.mapq;
      case "cigar" -> r.cigar.length == 0 ? null : cigar(r, options);
      case "rnext" -> name(r.nextRefId);
      case "pnext" -> r.nextPos == -1 ? null : r.nextPos + base;
      case "tlen" -> r.tlen;
      case "seq", "sequence" -> r.bases.length == 0 ? null : letters(r.bases);
      case "qual", "quality_scores" -> missing(r.qualities) ? null : qualities(r, options);
      case "file", "source_file" -> "test.bam";
      case "read_group" -> group(r);
      case "sample" -> header(r, Map.of("one", "first", "two", "second"));
      case "library" -> header(r, Map.of("one", "lib"));
      case "voffset" -> 65536L * (row + 1);
      case "rid" -> r.refId < 0 ? null : r.refId;
      default -> throw new IllegalArgumentException(column);
    };
  }

  private static String decoded(String bytes, ColumnOptions options) {
    Charset charset =
        options.textEncoding() == TextEncoding.LATIN_1
            ? StandardCharsets.ISO_8859_1
            : StandardCharsets.UTF_8;
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), charset);
  }

  private static String name(int id) {
    return id < 0 ? null : ModelRecord.HEADER.references().get(id).name();
  }

  private static int end(ModelRecord r) {
    int length = 0;
    for (int op : r.cigar) {
      length += "MDN=X".indexOf(letter(op)) >= 0 ? op >>> 4 : 0;
    }
    return r.pos + ((r.flag & 4) != 0 || length == 0 ? 1 : length);
  }

  private static char letter(int op) {
    return ModelRecord.OPS.charAt(op & 15);
  }

  private static Object cigar(ModelRecord r, ColumnOptions options) {
    StringBuilder text = new StringBuilder();
    List<Object> list = new ArrayList<>();
    for (int op : r.cigar) {
      text.append(op >>> 4).append(letter(op));
      list.add(Map.of("op", String.valueOf(letter(op)), "length", op >>> 4));
    }
    return options.cigar() == CigarForm.OPS ? list : text.toString();
  }

  private static String letters(byte[] codes) {
    StringBuilder text = new StringBuilder();
    for (byte code : codes) {
      text.append(ModelRecord.LETTERS.charAt(code));
    }
    return text.toString();
  }

  private static boolean missing(byte[] qualities) {
    for (byte quality : qualities) {
      if (quality != -1) {
        return false;
      }
    }
    return true;
  }

  private static Object qualities(ModelRecord r, ColumnOptions options) {
    StringBuilder text = new StringBuilder();
    List<Object> list = new ArrayList<>();
    for (byte quality : r.qualities) {
      text.append((char) (quality + 33));
      list.add(quality);
    }
    return options.qual() == QualForm.NUMBERS ? list : text.toString();
  }

  private static String group(ModelRecord r) {
    for (ModelTag tag : r.tags) {
      if (tag.name().equals("RG") && tag.type() == 'Z') {
        return (String) tag.value();
      }
    }
    return null;
  }

  private static String header(ModelRecord r, Map<String, String> values) {
    String group = group(r);
    return group == null ? null : values.get(group);
  }

  /** The row of {@code tags}, fields without a value left out. */
  static Map<String, Object> tags(ModelRecord r, TagOptions options) {
    Map<String, Object> row = new LinkedHashMap<>();
    walk(r, options, row, new ArrayList<>());
    return row;
  }

  /** The row of {@code other_tags} as entries of key and value. */
  static List<Object> otherTags(ModelRecord r, TagOptions options) {
    List<Object> row = new ArrayList<>();
    walk(r, options, new LinkedHashMap<>(), row);
    return row;
  }

  private static void walk(
      ModelRecord r, TagOptions options, Map<String, Object> typed, List<Object> other) {
    List<String> seen = new ArrayList<>();
    boolean lost = options.other() == OtherTags.NONE;
    for (ModelTag tag : r.tags) {
      TagType column = null;
      for (TagType listed : options.listed()) {
        column = listed.tag().equals(tag.name()) ? listed : column;
      }
      boolean twice = seen.contains(tag.name());
      seen.add(tag.name());
      boolean fits = column != null && column.toString().equals(tag.name() + ":" + tag.samType());
      boolean taken = fits && !typed.containsKey(tag.name());
      if (twice
              && (column != null && lost || options.failOnDuplicate() && !(column == null && lost))
          || column != null && !fits && (lost || options.failOnMismatch())) {
        throw new Refused();
      }
      if (taken) {
        typed.put(tag.name(), element(tag));
      }
      if (!lost && (!taken || options.other() == OtherTags.ALL)) {
        other.add(Map.of("key", tag.name(), "value", tag.samText()));
      }
    }
  }

  /** Unsigned elements have the next wider signed type. */
  private static Object element(ModelTag tag) {
    if (tag.type() != 'B') {
      return tag.value();
    }
    List<Object> elements = new ArrayList<>();
    for (Object value : (List<?>) tag.value()) {
      elements.add(
          switch (tag.subtype()) {
            case 'c' -> ((Long) value).byteValue();
            case 'C', 's' -> ((Long) value).shortValue();
            case 'S', 'i' -> ((Long) value).intValue();
            default -> value;
          });
    }
    return elements;
  }
}
