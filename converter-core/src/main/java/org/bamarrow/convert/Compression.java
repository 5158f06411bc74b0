package org.bamarrow.convert;

/** Compression of the Arrow buffers in the body of each record batch. */
public enum Compression {
  /** Uncompressed buffers, which readers can memory-map. */
  NONE,
  /** LZ4 frame format: fast, for pipes and short-lived files. */
  LZ4,
  /**
   * Zstandard: smallest output. With parameters for each kind of column, or at one level ({@link
   * OutputOptions#compressionLevel}).
   */
  ZSTD
}
