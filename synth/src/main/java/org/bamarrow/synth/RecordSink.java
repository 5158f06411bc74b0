package org.bamarrow.synth;

import java.io.IOException;

/** Receives finished records. */
interface RecordSink {
  /**
   * One record, block_size first.
   *
   * @param record owned by the caller, who reuses it as soon as this returns
   */
  void accept(Bytes record) throws IOException;
}
