package org.bamarrow.verify;

import java.io.IOException;

/** Iterates over the rows of all batches. */
final class ArrowRows {
  private final ArrowInput input;
  private int row = -1;
  private int count;

  ArrowRows(ArrowInput input) {
    this.input = input;
  }

  /** Moves to the next row; false after the last. */
  boolean next() throws IOException {
    row++;
    while (row >= count) {
      if (!input.next()) {
        return false;
      }
      row = 0;
      count = input.rows();
    }
    return true;
  }

  /** 0-based row in the current batch. */
  int row() {
    return row;
  }
}
