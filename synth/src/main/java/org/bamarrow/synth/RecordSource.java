package org.bamarrow.synth;

import java.io.IOException;

/** Makes records, a template at a time, on one thread. */
interface RecordSource {
  /** Hands the next records (none or more) to the sink; false: there were no more to make. */
  boolean next(RecordSink sink) throws IOException;
}
