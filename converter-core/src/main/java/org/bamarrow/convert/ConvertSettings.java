package org.bamarrow.convert;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of a conversion, after defaults and limits have been applied.
 *
 * @param execution how work was distributed
 * @param segments number of segments of the inputs that were converted in parallel; 0 if not run in
 *     segments
 * @param threads number of worker threads; on a cluster the number of cores
 * @param inflater name of the inflater used
 * @param memoryBytes memory budget of all chunks in flight and the largest record, in bytes
 * @param readBytes maximum size of one read, in bytes
 * @param writeBytes maximum size of one write, in bytes
 * @param batchRows maximum rows per record batch
 * @param chunkBytes compressed size of a chunk, in bytes
 * @param batchBytes maximum inflated size of the records of a batch, in bytes
 * @param index whether an index was used
 * @param format Arrow IPC file or stream
 * @param compression compression of the record batch bodies
 * @param parts number of files of the output directory; 0 if the output is one file or stream
 * @param directIo when a single file is written with direct I/O; not applied to parts
 */
public record ConvertSettings(
    Execution execution,
    int segments,
    int threads,
    String inflater,
    long memoryBytes,
    int readBytes,
    int writeBytes,
    int batchRows,
    int chunkBytes,
    int batchBytes,
    IndexUse index,
    Format format,
    Compression compression,
    int parts,
    DirectIo directIo) {

  /**
   * {@return a copy for a run on a cluster that this process only coordinated}
   *
   * @param cores number of cores of the cluster
   */
  public ConvertSettings byCluster(int cores) {
    return new ConvertSettings(
        Execution.CLUSTER,
        segments,
        cores,
        inflater,
        memoryBytes,
        readBytes,
        writeBytes,
        batchRows,
        chunkBytes,
        batchBytes,
        index,
        format,
        compression,
        parts,
        directIo);
  }

  /**
   * {@return the settings as text, by the long names of the command-line options; settings that do
   * not apply are left out}
   */
  public Map<String, String> asText() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("strategy", word(execution));
    if (segments > 0) {
      text.put("segments", String.valueOf(segments));
    }
    text.put("threads", String.valueOf(threads));
    text.put("inflater", inflater);
    text.put("memory", String.valueOf(memoryBytes));
    text.put("read-buffer", String.valueOf(readBytes));
    text.put("write-buffer", String.valueOf(writeBytes));
    text.put("batch-rows", String.valueOf(batchRows));
    text.put("chunk-bytes", String.valueOf(chunkBytes));
    text.put("batch-bytes", String.valueOf(batchBytes));
    if (index != IndexUse.NO_REGIONS) {
      text.put("index", index == IndexUse.USED ? "used" : "not used");
    }
    text.put("format", word(format));
    text.put("compression", word(compression));
    if (parts > 0) {
      text.put("parts", String.valueOf(parts));
    } else {
      text.put("direct-io", word(directIo));
    }
    return text;
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
