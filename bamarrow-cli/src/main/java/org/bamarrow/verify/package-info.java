/**
 * The proof behind a conversion, and Arrow data back as SAM text: {@code bamarrow verify} reads the
 * BAM files with htsjdk and compares every field of every row of the Arrow data that bamarrow wrote
 * from them; {@code view} and {@code head} print such data.
 *
 * <p>It shares no code with the converter, so that an error in one of them is a difference. What it
 * may use of bamarrow:
 *
 * <ul>
 *   <li>{@code errors} and {@code io}: messages, and where bytes come from;
 *   <li>{@code convert}: the option types, as the words in which the metadata {@code
 *       bamarrow.options} and the caller say what was converted, and {@code Regions} as sets of
 *       intervals. How records are filtered, decoded and printed is written here a second time;
 *   <li>{@code parts}: the manifest and the parts that it names, a data format;
 *   <li>{@code internal.ipc}: {@code IpcBatches} and {@code ReadingMemory}, to read back what was
 *       written; no class of it that writes.
 * </ul>
 *
 * <p>Nothing else of {@code internal}: not {@code base}, {@code bgzf}, {@code bam}, {@code filter},
 * {@code index}, {@code column}, {@code read}, {@code aggregate} or {@code engine}.
 */
package org.bamarrow.verify;
