package org.bamarrow.spark.cluster;

/** What happens to the first attempt of one task in the middle of its rows. */
enum Trouble {
  NONE,
  /** It throws. */
  FAILS,
  /** It stands still, until its process is killed or another attempt has won. */
  HANGS,
  /** Nothing can be written any more, by no attempt. */
  FULL
}
