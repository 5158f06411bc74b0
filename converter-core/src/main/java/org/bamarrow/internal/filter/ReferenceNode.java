package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/** A condition on RNAME or RNEXT, evaluated once for each reference of a header. */
final class ReferenceNode extends Node {
  private final TextTest test;
  private final int offset;
  private BamHeader header;
  private byte[] outcomes;

  /**
   * @param offset offset of refID or next_refID in the record
   */
  ReferenceNode(TextTest test, int offset) {
    this.test = test;
    this.offset = offset;
  }

  @Override
  int evaluate(RecordSlice slice, int row) {
    if (header != slice.header()) {
      header = slice.header();
      outcomes = outcomes(header.references());
    }
    int id = LittleEndian.int32(slice.data(), slice.start(row) + offset);
    return id < 0 ? test.onNull() : outcomes[id];
  }

  private byte[] outcomes(List<BamHeader.Reference> references) {
    byte[] outcomes = new byte[references.size()];
    for (int i = 0; i < outcomes.length; i++) {
      byte[] name = references.get(i).name().getBytes(StandardCharsets.UTF_8);
      outcomes[i] = (byte) test.evaluate(name, 0, name.length);
    }
    return outcomes;
  }

  @Override
  int cost() {
    return 1;
  }
}
