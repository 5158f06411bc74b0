/**
 * Input bytes: {@link org.bamarrow.io.ByteSource} and its implementations, text files that users
 * write, virtual offsets, and the exceptions for invalid input. No BGZF or BAM parsing. Knows only
 * {@code org.bamarrow.errors}; part of the public API.
 */
package org.bamarrow.io;
