/**
 * Record filters on raw bytes: the filters of samtools view, regions, and SQL predicates with the
 * regions derived from them. Decodes no columns and reads no indexes. Knows {@code bam}, {@code
 * bgzf} and {@code base}.
 */
package org.bamarrow.internal.filter;
