/** Arrow data to Arrow data: the filters of a command, the new schema, rows to record batches. */
package org.bamarrow.internal.rewrite;
