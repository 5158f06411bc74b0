/**
 * The programs for {@code spark-submit}: {@link org.bamarrow.spark.job.ConvertJob} converts BAMs to
 * a directory of parts on a cluster, from BGZF blocks to Arrow files without rows of Spark in
 * between, and {@link org.bamarrow.spark.job.CleanJob} deletes orphan files. They take the options
 * of the command line. May use {@code files}, {@code options} and {@code serializer}, but not the
 * data source.
 */
package org.bamarrow.spark.job;
