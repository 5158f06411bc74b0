package org.bamarrow.convert;

/** The DEFLATE implementation that inflates the BGZF blocks. */
public enum Inflater {
  /** The first of the others, in this order, that can be loaded. */
  AUTO,
  /** libdeflate, a native library that is included for most platforms. */
  LIBDEFLATE,
  /** ISA-L of the Intel Genomics Kernel Library, a native library. */
  GKL,
  /** A part of bamarrow, in Java, which is always available. */
  JAVA,
  /** {@link java.util.zip.Inflater}, which is always available. */
  JDK
}
