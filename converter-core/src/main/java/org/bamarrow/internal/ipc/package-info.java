/**
 * Arrow IPC files and streams: reading with all checks, writing of record batches, compression
 * codecs, direct I/O, and output files that appear only when they are complete. Does not know BAM.
 * May know {@code convert}, {@code io} and {@code errors}.
 */
package org.bamarrow.internal.ipc;
