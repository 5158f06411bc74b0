package org.bamarrow.internal.filter;

import org.bamarrow.internal.bam.TextCheck;

/** The filters of samtools view by QNAME, {@code -s} and {@code -N}, on record batches. */
final class VectorNames extends VectorNode.ByRow {
  private static final byte[] NONE = {'*'};

  private final VectorText column;
  private final BamText name;
  private final Subsample sample;
  private final FilterList names;

  /**
   * @param sample null: all
   * @param names null: all
   */
  VectorNames(VectorText column, boolean latin1, Subsample sample, FilterList names) {
    this.column = column;
    this.name = new BamText(latin1);
    this.sample = sample;
    this.names = names;
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
    int end = TextCheck.indexOfNul(name.data, name.from, name.to);
    return (sample == null || sample.keeps(name.data, name.from, end))
        && (names == null || names.contains(name.data, name.from, end));
  }
}
