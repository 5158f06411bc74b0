package org.bamarrow.internal.bgzf;

import java.io.IOException;

/**
 * How much reading one look into a file may cost, whatever the file holds there: blocks that are
 * empty, or a record that is larger than any that is wanted.
 *
 * @param compressed most compressed bytes
 * @param inflated most inflated bytes
 * @param blocks most blocks
 */
public record ReadBudget(long compressed, long inflated, long blocks) {
  /** No end. */
  public static final ReadBudget NONE =
      new ReadBudget(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** A look has cost what it may cost: what it is for has to do without. */
  public static final class SpentException extends IOException {
    private static final long serialVersionUID = 1L;

    SpentException(String file, long position, ReadBudget allowance) {
      super(
          String.format(
              "%s: what is looked for has not come by byte %d, after %d bytes, %d inflated, or %d"
                  + " blocks",
              file, position, allowance.compressed, allowance.inflated, allowance.blocks));
    }
  }
}
