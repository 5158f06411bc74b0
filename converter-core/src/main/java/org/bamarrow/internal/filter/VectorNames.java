package org.bamarrow.internal.filter;

import org.bamarrow.internal.bam.TextCheck;

/** A filter of samtools view by QNAME, {@code -s} or {@code -N}, on record batches. */
final class VectorNames extends VectorNode.ByRow {
  private static final byte[] NONE = {'*'};

  private final VectorText column;
  private final BamText name;
  private final TextTest.Bytes test;

  /**
   * @param test of the name as in the BAM, up to its first NUL
   */
  VectorNames(VectorCompiler compiler, boolean latin1, TextTest.Bytes test) {
    this.column = (VectorText) compiler.column(RawField.of(RawField.Column.QNAME));
    this.name = new BamText(latin1);
    this.test = test;
  }

  @Override
  void start(int last) {
    column.start(last);
  }

  @Override
  boolean keeps(int row) {
    if (column.isValid(row)) {
      column.at(row);
      name.set(column.data, column.from, column.to);
    } else {
      name.set(NONE, 0, NONE.length);
    }
    return test.test(name.data, name.from, TextCheck.indexOfNul(name.data, name.from, name.to));
  }
}
