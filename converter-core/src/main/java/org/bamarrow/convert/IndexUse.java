package org.bamarrow.convert;

/** What a conversion did with an index. */
public enum IndexUse {
  /** No regions were wanted. */
  NO_REGIONS,
  /** It told where records of the regions are. */
  USED,
  /** There was none that could be used, or it was not wanted: the input was read whole. */
  NOT_USED
}
