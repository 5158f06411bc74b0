/**
 * The filters of samtools view, regions, and SQL predicates with the regions derived from them.
 * Each is evaluated on the raw bytes of records ({@link org.bamarrow.internal.bam.RecordFilter})
 * and on the vectors of record batches ({@code Vector...}, {@code Batch...}), by the same tests of
 * values. Decodes no columns and reads no files or indexes. Knows {@code bam} and {@code base}.
 */
package org.bamarrow.internal.filter;
