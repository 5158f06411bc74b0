/**
 * Files on Hadoop file systems and on the local disk: which files are a table, the one name of a
 * file, reading them as the core's byte sources, directories of parts, and the hosts of their
 * blocks. Knows nothing of schemas, predicates or tasks. May use {@code options}.
 */
package org.bamarrow.spark.files;
