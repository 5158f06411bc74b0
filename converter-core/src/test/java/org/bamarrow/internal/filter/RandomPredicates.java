package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.StartsWith;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.internal.filter.RawPredicate.TextIn;

/** Random trees whose literals are mostly values of a file's own rows, or next to them. */
public final class RandomPredicates {
  private static final List<RawPredicate> CONSTANTS =
      List.of(RawPredicate.TRUE, RawPredicate.FALSE, RawPredicate.UNKNOWN);
  private static final double[] DOUBLES = {
    Double.NaN, 0.0, -0.0, 1.5, 0.1, Double.POSITIVE_INFINITY, -Float.MIN_VALUE, 1e300
  };

  private final Random random;
  private final DecodedBam bam;
  private final List<RawField> fields = new ArrayList<>();

  /**
   * @param places only conditions on rname, rid, pos and end
   */
  public RandomPredicates(DecodedBam bam, boolean places, long seed) {
    this.bam = bam;
    random = new Random(seed);
    for (Column column : Column.values()) {
      boolean place =
          switch (column) {
            case RNAME, RID, POS, END -> true;
            default -> false;
          };
      boolean ofRecords = column != Column.TAG && column != Column.NAMED;
      if (ofRecords && (place || !places)) {
        fields.add(new RawField(column, bam.zeroBased(), null));
      }
    }
    if (!places) {
      bam.tags().forEach(tag -> fields.add(RawField.of(tag)));
      fields.add(RawField.of(TagType.parse("Q9:i"))); // in no file
    }
  }

  public RawPredicate tree(int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(12);
    return switch (kind) {
      case 0, 1, 2 -> new And(several(depth));
      case 3, 4, 5 -> new Or(several(depth));
      case 6, 7 -> new Not(tree(depth - 1));
      case 8 -> random.nextInt(4) > 0 ? leaf() : CONSTANTS.get(random.nextInt(3));
      default -> leaf();
    };
  }

  /** So many, each of at most that depth; few of them true of most rows. */
  List<RawPredicate> trees(int count, int depth) {
    return list(
        count, () -> new And(leaf(), leaf(), depth == 0 ? leaf() : tree(random.nextInt(depth))));
  }

  private List<RawPredicate> several(int depth) {
    return list(random.nextInt(4), () -> tree(depth - 1));
  }

  private <T> List<T> list(int count, Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(element.get());
    }
    return list;
  }

  private RawPredicate leaf() {
    RawField field = fields.get(random.nextInt(fields.size()));
    if (random.nextInt(8) == 0) {
      return new IsNull(field);
    }
    Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
    boolean toNull = random.nextInt(20) == 0;
    return switch (field.kind()) {
      case INTEGER -> {
        long mask = random.nextInt(4) > 0 ? -1 : random.nextInt(4096);
        yield random.nextInt(4) > 0
            ? new IntegerCompare(field, mask, operator, toNull ? null : integer(field, mask))
            : new IntegerIn(field, mask, integers(field, mask), toNull);
      }
      case TEXT ->
          switch (random.nextInt(5)) {
            case 0 -> new TextIn(field, ByteStringSet.of(list(size(), () -> text(field))), toNull);
            case 1 -> new StartsWith(field, prefix(text(field)));
            default -> new TextCompare(field, operator, toNull ? null : text(field));
          };
      case FLOAT -> new FloatCompare(field, operator, toNull ? null : floating(field));
      case ARRAY -> new IsNull(field);
    };
  }

  private int size() {
    return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(20);
  }

  private SortedLongs integers(RawField field, long mask) {
    return SortedLongs.of(random.longs(size()).map(any -> integer(field, mask)).toArray());
  }

  private Object anyValue(RawField field) {
    return bam.rows().get(random.nextInt(bam.rows().size())).get(field.toString());
  }

  private long integer(RawField field, long mask) {
    if (random.nextInt(40) == 0) {
      return random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    Number value = (Number) anyValue(field);
    return value == null
        ? random.nextInt(300) - 5
        : (value.longValue() & mask) + random.nextInt(3) - 1;
  }

  private String text(RawField field) {
    String value = (String) anyValue(field);
    return switch (random.nextInt(8)) {
      case 0 -> value == null ? "*" : value + "a";
      case 1 -> "é\ud83d\ude00\uffee".substring(random.nextInt(2));
      default -> value == null ? "" : value;
    };
  }

  private String prefix(String text) {
    int length = random.nextInt(text.length() + 1);
    return text.isEmpty() || Character.isSurrogate(text.charAt(Math.max(0, length - 1)))
        ? ""
        : text.substring(0, length);
  }

  private double floating(RawField field) {
    Float value = (Float) anyValue(field);
    return value == null || random.nextInt(3) == 0
        ? DOUBLES[random.nextInt(DOUBLES.length)]
        : value;
  }
}
