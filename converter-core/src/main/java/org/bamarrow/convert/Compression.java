package org.bamarrow.convert;

/** Compression of the Arrow buffers in the body of each record batch. */
public enum Compression {
  NONE,
  LZ4,
  ZSTD
}
