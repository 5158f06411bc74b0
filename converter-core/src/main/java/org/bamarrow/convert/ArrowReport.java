package org.bamarrow.convert;

import java.util.Map;

/**
 * The report of a conversion of Arrow data to Arrow data: what was read and written.
 *
 * @param input name of the input
 * @param output name of the output
 * @param rowsRead rows of the record batches that were read, with those after the limit in the last
 *     batch
 * @param rowsLeftOut rows of record batches that were not read, since none can pass by the
 *     statistics of the file
 * @param rows rows written
 * @param removed how many of the rows read each filter removed, as {@link ConvertReport#removed}
 * @param lists as {@link ConvertReport#lists}
 * @param batches record batches written
 * @param batchesCopied how many of them are those of the input, byte for byte
 * @param bytesIn bytes read
 * @param bytesOut size of the output in bytes
 * @param parts number of parts; 0: the output is one file or stream
 * @param wallSeconds wall time
 */
public record ArrowReport(
    String input,
    String output,
    long rowsRead,
    long rowsLeftOut,
    long rows,
    Map<String, Long> removed,
    Map<String, ListMatch> lists,
    long batches,
    long batchesCopied,
    long bytesIn,
    long bytesOut,
    int parts,
    double wallSeconds) {}
