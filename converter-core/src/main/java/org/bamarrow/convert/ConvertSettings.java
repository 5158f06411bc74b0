package org.bamarrow.convert;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The settings with which a conversion was run, after everything was chosen and clamped.
 *
 * @param segments parts of the inputs read side by side; 0: not run in segments
 * @param threads that read, decoded and wrote; of a cluster, its cores
 * @param inflater the inflater that was chosen
 * @param memoryBytes the budget of all chunks in flight and the largest record
 * @param readBytes most bytes of one read
 * @param writeBytes most bytes of one write
 * @param batchRows most rows of a record batch
 * @param chunkBytes compressed bytes of a chunk
 * @param batchBytes inflated bytes of a record batch
 * @param parts files of which the output consists; 0: it is one file or stream
 * @param directIo of one file or stream; parts are written through the page cache
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
   * The same of a cluster, which the process that made this one only directs.
   *
   * @param cores on which the cluster runs tasks
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
   * As text, by the long names of the command line's options; what does not apply is left out: for
   * people and for reports.
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
