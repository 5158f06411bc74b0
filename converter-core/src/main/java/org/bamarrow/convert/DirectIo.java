package org.bamarrow.convert;

/**
 * Whether a file is written past the page cache (direct I/O). Its bytes are the same; what is
 * written directly is not in memory for the next reader, and takes no memory from others.
 */
public enum DirectIo {
  /** From where the page cache has become slow, as long as the disk is faster. */
  AUTO,
  /** Through the page cache, as files usually are. */
  NEVER,
  /** Past the page cache wherever the file system can. */
  ALWAYS
}
