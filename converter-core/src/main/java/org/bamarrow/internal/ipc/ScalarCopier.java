package org.bamarrow.internal.ipc;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.bamarrow.internal.base.ArrowLayout;

/** Copies values of types without children. */
final class ScalarCopier extends ValueCopier {
  private static final long MILLIS_A_DAY = 86_400_000;

  /** Copies a value that is not null. */
  @FunctionalInterface
  private interface Move {
    void move(int from, int to);
  }

  /** Stores an integer. */
  @FunctionalInterface
  private interface Sink {
    void set(int to, long value);
  }

  private final FieldVector source;
  private final Move move;
  private final int width;
  private final boolean view;

  private ScalarCopier(FieldVector source, ArrowType type, Move move) {
    this.source = source;
    this.move = move;
    this.width = Math.max(0, ArrowLayout.bits(type) / 8);
    this.view = ArrowLayout.isView(type);
  }

  static ValueCopier of(ArrowType type, FieldVector source, FieldVector target) {
    return new ScalarCopier(source, type, move(type, source, target));
  }

  @Override
  long bytes(int from) {
    return OVERHEAD + (width == 0 && !source.isNull(from) ? length(from) : 2L * width);
  }

  private int length(int row) {
    if (source instanceof BaseVariableWidthVector small) {
      return small.getValueLength(row);
    }
    if (source instanceof BaseLargeVariableWidthVector large) {
      return large.getValueLength(row);
    }
    return view ? NewerVectors.length(source, row) : 0;
  }

  @Override
  void copy(int from, int to) {
    if (!source.isNull(from)) {
      move.move(from, to);
    }
  }

  private static Move move(ArrowType type, FieldVector source, FieldVector target) {
    if (source.getField().getType().equals(target.getField().getType())) {
      return (from, to) -> target.copyFromSafe(from, to, source);
    }
    return switch (type.getTypeID()) {
      case Int -> unsigned(((ArrowType.Int) type).getBitWidth(), source, target);
      case FloatingPoint ->
          (from, to) -> ((Float4Vector) target).setSafe(to, NewerVectors.half(source, from));
      case Utf8View -> bytes(from -> NewerVectors.text(source, from), target);
      case BinaryView -> bytes(from -> NewerVectors.bytes(source, from), target);
      case FixedSizeBinary -> bytes(((FixedSizeBinaryVector) source)::get, target);
      case Decimal ->
          (from, to) -> {
            BigDecimal value = ((Decimal256Vector) source).getObject(from);
            if (value.precision() > ((DecimalVector) target).getPrecision()) {
              throw new ArithmeticException("value has more digits than its type allows");
            }
            ((DecimalVector) target).setSafe(to, value);
          };
      case Date ->
          (from, to) ->
              ((DateDayVector) target)
                  .setSafe(to, Math.toIntExact(exact(number(source, 64, from), MILLIS_A_DAY)));
      case Time -> {
        TimeUnit unit = ((ArrowType.Time) type).getUnit();
        int bits = ((ArrowType.Time) type).getBitWidth();
        yield scaled(source, bits, nanos(unit), 1, ((TimeNanoVector) target)::setSafe);
      }
      case Timestamp ->
          micros(
              source, ((ArrowType.Timestamp) type).getUnit(), ((TimeStampVector) target)::setSafe);
      case Duration ->
          micros(source, ((ArrowType.Duration) type).getUnit(), ((DurationVector) target)::setSafe);
      default -> throw new IllegalStateException("no normalized type for " + type);
    };
  }

  /** Returns the bytes of a value. */
  @FunctionalInterface
  private interface Source {
    byte[] get(int from);
  }

  private static Move bytes(Source source, FieldVector target) {
    BaseVariableWidthVector texts = (BaseVariableWidthVector) target;
    return (from, to) -> texts.setSafe(to, source.get(from));
  }

  private static Move unsigned(int bits, FieldVector source, FieldVector target) {
    return switch (bits) {
      case 8 ->
          (from, to) ->
              ((SmallIntVector) target).setSafe(to, source.getDataBuffer().getByte(from) & 0xff);
      case 16 ->
          (from, to) ->
              ((IntVector) target).setSafe(to, source.getDataBuffer().getShort(2L * from) & 0xffff);
      case 32 ->
          (from, to) ->
              ((BigIntVector) target)
                  .setSafe(to, source.getDataBuffer().getInt(4L * from) & 0xffffffffL);
      default ->
          (from, to) ->
              ((DecimalVector) target)
                  .setSafe(to, new BigDecimal(unsigned(source.getDataBuffer().getLong(8L * from))));
    };
  }

  private static BigInteger unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits));
  }

  private static long number(FieldVector source, int bits, int row) {
    return bits == 32
        ? source.getDataBuffer().getInt(4L * row)
        : source.getDataBuffer().getLong(8L * row);
  }

  private static Move micros(FieldVector source, TimeUnit unit, Sink sink) {
    long nanos = nanos(unit);
    return nanos >= 1000
        ? scaled(source, 64, nanos / 1000, 1, sink)
        : scaled(source, 64, 1, 1000, sink);
  }

  private static Move scaled(FieldVector source, int bits, long by, long over, Sink sink) {
    return (from, to) ->
        sink.set(to, exact(Math.multiplyExact(number(source, bits, from), by), over));
  }

  /** Exact division: values are not rounded. */
  private static long exact(long value, long over) {
    if (value % over != 0) {
      throw new ArithmeticException(
          over == MILLIS_A_DAY
              ? value + " ms is not a whole number of days"
              : value + " ns is not a whole number of microseconds, the resolution of Spark");
    }
    return value / over;
  }

  private static long nanos(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1_000_000_000;
      case MILLISECOND -> 1_000_000;
      case MICROSECOND -> 1000;
      case NANOSECOND -> 1;
    };
  }
}
