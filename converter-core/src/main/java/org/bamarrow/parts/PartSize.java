package org.bamarrow.parts;

/**
 * How large the parts of a directory are. Each part holds records of one input and starts at a
 * multiple of {@link org.bamarrow.convert.BatchOptions#chunkBytes}, so that short inputs give fewer
 * or smaller parts.
 */
public sealed interface PartSize {
  /** 128 MiB of BAM per part. */
  PartSize DEFAULT = new Bytes(128L << 20);

  /**
   * Parts of about the same size.
   *
   * @param bytes compressed bytes of BAM from which a part is made, at least 1; up to a tenth more,
   *     to avoid a small last part
   */
  record Bytes(long bytes) implements PartSize {
    /**
     * Checks the size.
     *
     * @param bytes compressed bytes of BAM from which a part is made
     * @throws IllegalArgumentException if it is not positive
     */
    public Bytes {
      if (bytes < 1) {
        throw new IllegalArgumentException("size of parts must be at least 1 byte, not " + bytes);
      }
    }
  }

  /**
   * A number of parts, shared among the inputs by their sizes.
   *
   * @param parts of all inputs together, at least one for each
   */
  record Count(int parts) implements PartSize {
    /**
     * Checks the number.
     *
     * @param parts of all inputs together
     * @throws IllegalArgumentException if it is not positive
     */
    public Count {
      if (parts < 1) {
        throw new IllegalArgumentException("number of parts must be at least 1, not " + parts);
      }
    }
  }

  /**
   * {@return parts of about the same size}
   *
   * @param bytes compressed bytes of BAM from which a part is made, at least 1
   * @throws IllegalArgumentException if it is not positive
   */
  static PartSize bytes(long bytes) {
    return new Bytes(bytes);
  }

  /**
   * {@return a number of parts, shared among the inputs by their sizes}
   *
   * @param parts of all inputs together, at least one for each
   * @throws IllegalArgumentException if it is not positive
   */
  static PartSize count(int parts) {
    return new Count(parts);
  }
}
