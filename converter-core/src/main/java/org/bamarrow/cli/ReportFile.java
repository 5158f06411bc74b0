package org.bamarrow.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.ConvertReport;

/** The receipt of a conversion as JSON: the components of {@link ConvertReport} by their names. */
final class ReportFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportFile() {}

  /**
   * @param name a file, which is replaced, or {@code -} for standard output
   */
  static void write(ConvertReport report, String name) throws IOException {
    ObjectNode node = JSON.valueToTree(report);
    node.put("recordsPerSecond", report.recordsPerSecond());
    byte[] text = JSON.writeValueAsBytes(node);
    try (OutputStream out =
        name.equals("-") ? new StandardOutput() : Files.newOutputStream(Path.of(name))) {
      out.write(text);
      out.write('\n');
    }
  }
}
