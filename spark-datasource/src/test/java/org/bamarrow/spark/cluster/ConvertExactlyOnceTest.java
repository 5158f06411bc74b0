package org.bamarrow.spark.cluster;

/** The job of {@code spark-submit}. */
class ConvertExactlyOnceTest extends ExactlyOnce {
  ConvertExactlyOnceTest() {
    super(Way.CONVERT);
  }
}
