/**
 * The data source {@code bamarrow}, which Spark finds by {@link org.bamarrow.spark.BamArrowSource},
 * and its tables: BAM records and headers, and Arrow data. A table only answers what it is and
 * which scan or write it builds; how records are read or rows are written is in {@code read} and
 * {@code write}. May use every package below it except {@code job}.
 */
package org.bamarrow.spark;
