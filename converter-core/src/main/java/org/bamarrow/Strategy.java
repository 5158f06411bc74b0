package org.bamarrow;

/** How the work is spread over threads; the output is the same to the byte. */
public enum Strategy {
  /** One thread does everything: the reference. */
  SEQUENTIAL,
  /** One reader in turns, workers that inflate and decode, one ordered output. */
  PIPELINE
}
