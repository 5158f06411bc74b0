package org.bamarrow.spark.stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.io.ByteSource;

/**
 * The content of one file of the log: one batch, or all batches up to some number.
 *
 * @param version of this format
 * @param files in the order of the rows
 * @param references of their headers, without those of earlier batches
 */
record LogPage(int version, List<LoggedFile> files, List<Reference> references) {
  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static LogPage of(List<LoggedFile> files, List<Reference> references) {
    return new LogPage(VERSION, files, references);
  }

  byte[] toJson() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads a page.
   *
   * @throws IOException if it is not one; names the file
   */
  static LogPage read(ByteSource source) throws IOException {
    byte[] text = new byte[Math.toIntExact(source.size())];
    int length = source.read(0, text, 0, text.length);
    try {
      LogPage page = JSON.readValue(text, 0, Math.max(0, length), LogPage.class);
      if (page.version != VERSION) {
        throw new IOException("it is of version " + page.version + ", not " + VERSION);
      }
      return page;
    } catch (IOException e) {
      throw new IOException(
          source.name() + ": not a log of this source; use another checkpointLocation", e);
    }
  }
}
