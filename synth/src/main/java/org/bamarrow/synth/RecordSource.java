package org.bamarrow.synth;

import java.io.IOException;

/** Generates records, one template at a time, on one thread. */
interface RecordSource {
  /** Passes the next records (possibly none) to the sink; false if there are no more. */
  boolean next(RecordSink sink) throws IOException;
}
