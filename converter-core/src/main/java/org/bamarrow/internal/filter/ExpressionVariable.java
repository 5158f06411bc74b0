package org.bamarrow.internal.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bamarrow.internal.filter.ExpressionNode.Type;
import org.bamarrow.io.BamFormatException;

/** The variables of filter expressions, by their names in lower case. */
enum ExpressionVariable {
  CIGAR(Type.TEXT),
  ENDPOS(Type.NUMBER),
  FLAG(Type.NUMBER),
  HCLEN(Type.NUMBER),
  LIBRARY(Type.TEXT),
  MAPQ(Type.NUMBER),
  MPOS(Type.NUMBER),
  MREFID(Type.NUMBER),
  MRNAME(Type.TEXT),
  NCIGAR(Type.NUMBER),
  PNEXT(Type.NUMBER),
  POS(Type.NUMBER),
  QLEN(Type.NUMBER),
  QNAME(Type.TEXT),
  QUAL(Type.TEXT),
  REFID(Type.NUMBER),
  RLEN(Type.NUMBER),
  RNAME(Type.TEXT),
  RNEXT(Type.TEXT),
  SCLEN(Type.NUMBER),
  SEQ(Type.TEXT),
  TLEN(Type.NUMBER);

  private static final String FLAG_BIT = "flag.";

  /** By bit, from 0x1 on. */
  private static final List<String> FLAGS =
      List.of(
          "paired",
          "proper_pair",
          "unmap",
          "munmap",
          "reverse",
          "mreverse",
          "read1",
          "read2",
          "secondary",
          "qcfail",
          "dup",
          "supplementary");

  private final Type type;

  ExpressionVariable(Type type) {
    this.type = type;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all variables. */
  static List<String> words() {
    Stream<String> bits = FLAGS.stream().map(FLAG_BIT::concat);
    return Stream.concat(Arrays.stream(values()).map(ExpressionVariable::word), bits).toList();
  }

  /** The variable of that name, or of which it is a bit; null if there is none. */
  static ExpressionVariable of(String name) {
    if (name.startsWith(FLAG_BIT)) {
      return FLAG;
    }
    return Arrays.stream(values())
        .filter(each -> each.word().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** The variable of that name, or null. */
  static ExpressionNode named(String name) {
    if (name.startsWith(FLAG_BIT)) {
      int bit = FLAGS.indexOf(name.substring(FLAG_BIT.length()));
      return bit < 0 ? null : number(FLAG, 1 << bit);
    }
    for (ExpressionVariable variable : values()) {
      if (variable.word().equals(name)) {
        return variable.type == Type.NUMBER ? number(variable, -1) : new Text(variable);
      }
    }
    return null;
  }

  /** The length of SEQ, without decoding it. */
  static ExpressionNode seqLength() {
    return new ExpressionNode(Type.NUMBER) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) {
        out.set(record.seqLength());
      }
    };
  }

  private static ExpressionNode number(ExpressionVariable variable, int mask) {
    return new ExpressionNode(Type.NUMBER) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        out.set(record.number(variable) & mask);
      }

      @Override
      ExpressionOperand operand(ExpressionColumns columns) {
        return columns.variable(variable) instanceof ExpressionOperand.Integers integers
            ? integers.masked(mask)
            : ExpressionOperand.UNKNOWN;
      }
    };
  }

  /** A variable that is text. */
  private static final class Text extends ExpressionNode {
    private final ExpressionVariable variable;
    private byte[] buffer = new byte[1 << 8];

    Text(ExpressionVariable variable) {
      super(Type.TEXT);
      this.variable = variable;
    }

    @Override
    void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
      buffer = record.text(variable, buffer, out);
    }

    @Override
    ExpressionOperand operand(ExpressionColumns columns) {
      return columns.variable(variable);
    }
  }

  /** Whether it is the variable {@code seq}. */
  static boolean isSeq(ExpressionNode node) {
    return node instanceof Text text && text.variable == SEQ;
  }
}
