package org.bamarrow.convert;

/** Whether a conversion used an index. */
public enum IndexUse {
  /** No regions were requested. */
  NO_REGIONS,
  /** An index was used to find the records of the regions. */
  USED,
  /** There was no usable index, or its use was disabled: the whole input was read. */
  NOT_USED
}
