package org.bamarrow.convert;

/**
 * Whether a file is written with direct I/O, bypassing the page cache. The bytes are the same; with
 * direct I/O the file is not cached for the next reader, and does not evict other files from the
 * cache.
 */
public enum DirectIo {
  /**
   * Switches to direct I/O when writes through the page cache become slow, as long as the disk is
   * faster.
   */
  AUTO,
  /** Writes through the page cache. */
  NEVER,
  /** Uses direct I/O if the file system supports it. */
  ALWAYS
}
