package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * Filter expressions of samtools (samtools(1), "FILTER EXPRESSIONS"), evaluated on a record's raw
 * bytes: accepts the records for which all are true. They are not {@link RawPredicate}s: htslib has
 * numbers as truth values, and tags whose type only the record tells. For one thread.
 */
final class FilterExpression implements RecordFilter {
  private final ExpressionRecord record = new ExpressionRecord();
  private final ExpressionValue value = new ExpressionValue();
  private final ExpressionNode[] expressions;

  /**
   * @throws org.bamarrow.errors.OptionException if one is not an expression
   */
  FilterExpression(List<String> texts) {
    expressions =
        texts.stream()
            .map(text -> ExpressionParser.parse(text, record))
            .toArray(ExpressionNode[]::new);
  }

  /** The variables of all expressions. */
  Set<ExpressionVariable> variables() {
    return record.variables;
  }

  /** The tags of all expressions, also that of {@code library}. */
  List<String> tags() {
    return record.tags.names();
  }

  /** A condition that is true for every row for which all are true, or one of them fails. */
  RawPredicate condition(ExpressionColumns columns) {
    List<RawPredicate> all = new ArrayList<>();
    for (ExpressionNode expression : expressions) {
      all.add(expression.whenTrue(columns));
      if (expression.canFail(columns)) {
        break;
      }
    }
    return new RawPredicate.And(all);
  }

  @Override
  public boolean accepts(RecordSlice slice, int row) throws BamFormatException {
    record.reset(slice, row);
    for (ExpressionNode expression : expressions) {
      expression.evaluate(record, value);
      if (!value.isTrue()) {
        return false;
      }
    }
    return true;
  }
}
