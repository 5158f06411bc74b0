package org.bamarrow.spark.cluster;

import org.junit.jupiter.api.Tag;

/** {@code df.write}; in the full tier, for it takes minutes and shares the commit with the job. */
@Tag("full")
class WriteExactlyOnceTest extends ExactlyOnce {
  WriteExactlyOnceTest() {
    super(Way.ROWS);
  }
}
