package org.bamarrow.internal.bgzf;

import java.io.IOException;

/**
 * Limits of one lookup in a file, whatever the file contains there, such as empty blocks or an
 * oversized record.
 *
 * @param compressed maximum number of compressed bytes
 * @param inflated maximum number of inflated bytes
 * @param blocks maximum number of blocks
 */
public record ReadBudget(long compressed, long inflated, long blocks) {
  /** No limit. */
  public static final ReadBudget NONE =
      new ReadBudget(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** A lookup has exceeded its budget. */
  public static final class SpentException extends IOException {
    private static final long serialVersionUID = 1L;

    SpentException(String file, long position, ReadBudget budget) {
      super(
          String.format(
              "%s: not found up to byte %d; the limit is %d compressed bytes, %d inflated bytes and"
                  + " %d blocks",
              file, position, budget.compressed, budget.inflated, budget.blocks));
    }
  }
}
