package org.bamarrow.spark;

/** Placeholder. */
public final class BamArrowSource {}
