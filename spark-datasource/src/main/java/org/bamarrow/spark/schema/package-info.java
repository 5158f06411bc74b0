/**
 * What the rows are: Spark's schema of records, of the header tables and of Arrow data, inferred
 * from the files or resolved from a given schema. Plans nothing and reads no records other than
 * samples of tags. May use {@code options} and {@code files}.
 */
package org.bamarrow.spark.schema;
