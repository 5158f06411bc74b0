package org.bamarrow.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import org.bamarrow.convert.ArrowReport;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.internal.ipc.NamedOutput;
import org.bamarrow.parts.PartNames;

/**
 * The report of a conversion as JSON: the components of {@link ConvertReport} by their names, the
 * settings as text.
 */
final class ReportJson implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final String name;
  private final boolean force;
  private final List<String> inputs;

  /** Null: opened when the report is written. */
  private NamedOutput place;

  private ReportJson(String name, boolean force, List<String> inputs) {
    this.name = name;
    this.force = force;
    this.inputs = inputs;
  }

  /**
   * Checks and opens the target before the conversion starts.
   *
   * @param name a file, or {@code -} for standard output
   * @param target of the conversion
   * @param force replace an existing file
   * @param inputs the files that are read
   */
  static ReportJson open(String name, String target, boolean force, List<String> inputs)
      throws IOException {
    if (NamedOutput.isSame(name, target)) {
      throw new IllegalArgumentException("--report " + name + " is also the output");
    }
    ReportJson report = new ReportJson(name, force, inputs);
    Path folder = Path.of(name).toAbsolutePath().normalize().getParent();
    boolean within = Path.of(target).toAbsolutePath().normalize().equals(folder);
    if (within && PartNames.isOfDirectory(Path.of(name).getFileName().toString())) {
      throw new FileAlreadyExistsException(
          name,
          null,
          "is reserved for a file of the output directory; choose another name for the report");
    }
    // The reader of a FIFO may open it late, and the directory of parts may not exist yet.
    if (!NamedOutput.isStream(name) && !within) {
      report.place = NamedOutput.open(name, force, inputs);
    }
    return report;
  }

  /**
   * Writes the report.
   *
   * @throws IOException if that fails; the message says that the output is complete
   */
  void write(ConvertReport report) throws IOException {
    ObjectNode node = JSON.valueToTree(report);
    node.set("settings", JSON.valueToTree(report.settings().asText()));
    node.put("recordsPerSecond", report.recordsPerSecond());
    write(node, report.output());
  }

  /** As the other method, for Arrow data. */
  void write(ArrowReport report) throws IOException {
    write(JSON.valueToTree(report), report.output());
  }

  private void write(ObjectNode node, String output) throws IOException {
    byte[] text = (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      write(text);
    } catch (IOException e) {
      throw new IOException(
          output
              + ": the output is complete, but the report could not be written: "
              + e.getMessage(),
          e);
    }
  }

  private void write(byte[] text) throws IOException {
    if (name.equals(NamedOutput.STANDARD_OUTPUT)) {
      try (OutputStream out = new StandardOutput()) {
        out.write(text);
      }
      return;
    }
    if (place == null) {
      place = NamedOutput.open(name, force, inputs);
    }
    place.stream().write(text);
    place.commit(false);
  }

  @Override
  public void close() throws IOException {
    if (place != null) {
      place.close();
    }
  }
}
