package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.base.ClosestName;
import org.bamarrow.internal.filter.ExpressionNode.Type;
import org.bamarrow.internal.filter.ExpressionOperators.Comparison;

/**
 * Parses filter expressions (samtools(1), "FILTER EXPRESSIONS") by recursive descent. As in htslib,
 * {@code &&} and {@code ||} have the same precedence, and comparisons group from the right.
 */
final class ExpressionParser {
  private static final int MAX_NESTING = 100;
  private static final int MAX_DEPTH = 1_000;

  private final ExpressionScanner in;
  private final ExpressionRecord record;
  private int nesting;

  private ExpressionParser(String text, ExpressionRecord record) {
    this.in = new ExpressionScanner(text);
    this.record = record;
  }

  /**
   * Compiles an expression.
   *
   * @param record registers the tags that are needed
   * @throws org.bamarrow.errors.OptionException if it is not an expression
   */
  static ExpressionNode parse(String text, ExpressionRecord record) {
    ExpressionParser parser = new ExpressionParser(text, record);
    ExpressionNode root = parser.logical();
    if (!parser.in.atEnd()) {
      throw parser.expected("an operator or the end");
    }
    return root;
  }

  private IllegalArgumentException expected(String what) {
    return in.error(in.position(), "expected " + what + ", found " + in.found());
  }

  private ExpressionNode logical() {
    if (++nesting > MAX_NESTING) {
      throw in.error(in.position(), "more than " + MAX_NESTING + " levels of nesting");
    }
    ExpressionNode left = equality();
    for (; ; ) {
      int position = in.position();
      boolean or = in.take("||");
      if (!or && !in.take("&&")) {
        nesting--;
        return left;
      }
      left = bounded(position, ExpressionOperators.logical(or, left, equality()));
    }
  }

  private ExpressionNode bounded(int position, ExpressionNode node) {
    if (node.depth() > MAX_DEPTH) {
      throw in.error(position, "more than " + MAX_DEPTH + " operators in a row");
    }
    return node;
  }

  private ExpressionNode equality() {
    ExpressionNode left = relation();
    int position = in.position();
    boolean negated = in.take("!~");
    if (negated || in.take("=~")) {
      return match(negated, position, left);
    }
    if (in.take("==")) {
      return compare(Comparison.EQUAL, left, position, false);
    }
    return in.take("!=") ? compare(Comparison.NOT_EQUAL, left, position, false) : left;
  }

  private ExpressionNode relation() {
    ExpressionNode left = sums("|");
    int position = in.position();
    Comparison comparison =
        in.take("<=")
            ? Comparison.LESS_OR_EQUAL
            : in.take(">=")
                ? Comparison.GREATER_OR_EQUAL
                : in.take("<") ? Comparison.LESS : in.take(">") ? Comparison.GREATER : null;
    return comparison == null ? left : compare(comparison, left, position, true);
  }

  private ExpressionNode compare(
      Comparison comparison, ExpressionNode left, int position, boolean relation) {
    if (++nesting > MAX_NESTING) {
      throw in.error(position, "more than " + MAX_NESTING + " comparisons in a row");
    }
    ExpressionNode right = relation ? relation() : equality();
    nesting--;
    return ExpressionOperators.comparison(comparison, left, right);
  }

  private ExpressionNode match(boolean negated, int position, ExpressionNode text) {
    if (text.type() == Type.NUMBER) {
      throw in.error(position, "a regular expression needs text on its left side");
    }
    int begin = in.position();
    String pattern = in.quoted();
    if (pattern == null) {
      throw expected("a regular expression in quotation marks");
    }
    try {
      PosixRegex regex = new PosixRegex(pattern.getBytes(StandardCharsets.UTF_8));
      return ExpressionOperators.match(negated, position, text, regex);
    } catch (IllegalArgumentException e) {
      throw in.error(begin, "not a POSIX extended regular expression: " + e.getMessage());
    }
  }

  /** Left-associative operators, from the weakest, {@code |}, to the strongest. */
  private ExpressionNode sums(String operators) {
    ExpressionNode left = tighter(operators);
    for (; ; ) {
      int position = in.position();
      char operator = operator(operators);
      if (operator == 0) {
        return left;
      }
      ExpressionNode right = tighter(operators);
      number(position, operator, left);
      number(position, operator, right);
      left = bounded(position, ExpressionOperators.arithmetic(operator, position, left, right));
    }
  }

  private ExpressionNode tighter(String operators) {
    return switch (operators) {
      case "|" -> sums("^");
      case "^" -> sums("&");
      case "&" -> sums("+-");
      case "+-" -> sums("*/%");
      default -> unary();
    };
  }

  /** Consumes one of these operators; 0 if there is none. {@code ||} and {@code &&} are not. */
  private char operator(String operators) {
    for (int i = 0; i < operators.length(); i++) {
      char operator = operators.charAt(i);
      if (in.takeAlone(
          String.valueOf(operator), operator == '|' || operator == '&' ? operator : 0)) {
        return operator;
      }
    }
    return 0;
  }

  private void number(int position, char operator, ExpressionNode operand) {
    if (operand.type() == Type.TEXT) {
      throw in.error(position, "'" + operator + "' needs numbers, not text");
    }
  }

  private ExpressionNode unary() {
    int position = in.position();
    for (String sign : List.of("+", "-")) {
      if (in.take(sign)) {
        return sign(position, sign.charAt(0), simple());
      }
    }
    boolean not = in.take("!");
    if (!not && !in.take("~")) {
      return simple();
    }
    if (++nesting > MAX_NESTING) {
      throw in.error(position, "more than " + MAX_NESTING + " levels of nesting");
    }
    ExpressionNode operand = unary();
    nesting--;
    return not ? ExpressionOperators.not(operand) : sign(position, '~', operand);
  }

  private ExpressionNode sign(int position, char operator, ExpressionNode operand) {
    number(position, operator, operand);
    return ExpressionOperators.sign(operator, position, operand);
  }

  private ExpressionNode simple() {
    int position = in.position();
    if (in.take("(")) {
      ExpressionNode inner = logical();
      require(")");
      return inner;
    }
    Double number = in.number();
    if (number != null) {
      return ExpressionLiterals.number(number);
    }
    String text = in.quoted();
    if (text != null) {
      return ExpressionLiterals.text(text);
    }
    String tag = in.tag();
    if (tag != null) {
      return record.tags.value(record.tags.slot(AuxCursor.key(tag)), position);
    }
    String name = in.name();
    if (name == null) {
      throw expected("a value");
    }
    return in.isNext('(') ? call(position, name) : variable(position, name);
  }

  private void require(String expected) {
    if (!in.take(expected)) {
      throw expected("'" + expected + "'");
    }
  }

  private ExpressionNode variable(int position, String name) {
    ExpressionNode variable = ExpressionVariable.named(name);
    if (variable == null) {
      throw unknown(position, name);
    }
    record.variables.add(ExpressionVariable.of(name));
    if (name.equals("library")) {
      record.needLibrary();
    }
    return variable;
  }

  private IllegalArgumentException unknown(int position, String name) {
    List<String> functions = Stream.of(ExpressionFunction.values()).map(f -> f.word()).toList();
    List<String> known = new ArrayList<>(ExpressionVariable.words());
    known.addAll(functions);
    String closest = ClosestName.ofAnyCase(name, known);
    return in.error(
        position,
        functions.contains(name)
            ? name + " is a function: write " + name + "(...), without a space before '('"
            : "unknown name '" + name + "'; did you mean '" + closest + "'?");
  }

  private ExpressionNode call(int position, String name) {
    ExpressionFunction function =
        Arrays.stream(ExpressionFunction.values())
            .filter(each -> each.word().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(position, name));
    require("(");
    int begin = in.position();
    ExpressionNode[] arguments = new ExpressionNode[function.arguments];
    for (int i = 0; i < arguments.length; i++) {
      if (i > 0) {
        require(",");
      }
      arguments[i] = logical();
      Type type = arguments[i].type();
      if (function.needs != null && type != Type.TAG && type != function.needs) {
        String needs = function.needs == Type.TEXT ? "text, not a number" : "a number, not text";
        throw in.error(begin, name + " needs " + needs);
      }
    }
    require(")");
    boolean ofSeq = function == ExpressionFunction.LENGTH && ExpressionVariable.isSeq(arguments[0]);
    return ofSeq ? ExpressionVariable.seqLength() : function.call(position, arguments);
  }
}
