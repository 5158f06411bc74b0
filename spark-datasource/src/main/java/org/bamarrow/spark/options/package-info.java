/**
 * The options of the data source: the table from which they are parsed and documented, their
 * values, and the wording of errors for users of the source ({@code allowMissingEof}), as Spark's
 * exceptions. Opens no file and starts no job. May use the core's options and errors and the
 * command line's parsing of options, and no other package of this module.
 */
package org.bamarrow.spark.options;
