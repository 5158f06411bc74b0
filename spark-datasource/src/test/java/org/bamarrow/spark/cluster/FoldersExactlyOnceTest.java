package org.bamarrow.spark.cluster;

import org.junit.jupiter.api.Tag;

/** {@code df.write.partitionBy}; in the full tier, as {@link WriteExactlyOnceTest}. */
@Tag("full")
class FoldersExactlyOnceTest extends ExactlyOnce {
  FoldersExactlyOnceTest() {
    super(Way.FOLDERS);
  }
}
