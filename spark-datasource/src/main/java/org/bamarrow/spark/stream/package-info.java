/**
 * BAMs that arrive in a folder as a stream: {@link org.bamarrow.spark.stream.BamStream} finds the
 * complete ones, {@link org.bamarrow.spark.stream.BatchLog} makes each part of exactly one batch,
 * {@link org.bamarrow.spark.stream.SourceCleaner} removes what has been read.
 */
package org.bamarrow.spark.stream;
