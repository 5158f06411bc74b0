package org.bamarrow.convert;

/** Compression of the Arrow buffers in the body of each record batch. */
public enum Compression {
  /** Buffers as they are, which readers can map into memory. */
  NONE,
  /** LZ4 frames: fast, for pipes and short-lived files. */
  LZ4,
  /** Zstandard at {@link OutputOptions#compressionLevel}: smallest. */
  ZSTD
}
