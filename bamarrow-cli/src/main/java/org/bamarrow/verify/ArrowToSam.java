package org.bamarrow.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.bamarrow.internal.ipc.IpcSchema;

/** Converts Arrow data written by bamarrow back to SAM text. */
public final class ArrowToSam {
  private static final int FLUSH_AT = 1 << 16;

  /** Which parts of the SAM text to write. */
  public enum Parts {
    RECORDS,
    HEADER_AND_RECORDS,
    HEADER
  }

  private ArrowToSam() {}

  /**
   * Initializes the classes that read the metadata, among them a JSON library (docs/performance.md,
   * "Start-up and the JVM").
   *
   * @throws IOException if bamarrow did not write the metadata
   */
  public static void initialize(IpcSchema schema) throws IOException {
    new OutputMetadata("", schema.metadata());
  }

  /**
   * Writes SAM text to {@code out}, which stays open. Typed tags come in the schema's order, then
   * {@code other_tags}; if that map holds all tags, in the order of the record instead. The header
   * is the text of the first BAM file byte for byte, then the lines that only further files have.
   *
   * @return the number of records written
   * @throws IOException if the Arrow file is invalid, not written by bamarrow, or lacks a column
   *     that SAM needs
   */
  public static long write(Path arrow, OutputStream out, Parts parts) throws IOException {
    return write(arrow, out, parts, RowChoice.all(), Long.MAX_VALUE);
  }

  /**
   * Writes the first chosen rows as {@link #write(Path, OutputStream, Parts)} does, and reads no
   * further batch.
   *
   * @param rows which rows to write; used for all batches
   * @param most maximum number of records
   */
  public static long write(Path arrow, OutputStream out, Parts parts, RowChoice rows, long most)
      throws IOException {
    try (ArrowInput input = new ArrowInput(arrow, rows)) {
      OutputMetadata metadata = input.outputMetadata();
      if (parts != Parts.RECORDS) {
        writeHeader(metadata, out);
      }
      return parts == Parts.HEADER ? 0 : writeRecords(arrow, input, metadata, out, rows, most);
    }
  }

  /**
   * Writes the rows of a reader with a schema of bamarrow as SAM lines; both stay open.
   *
   * @return the number of records written
   */
  public static long write(ArrowReader reader, OutputStream out) throws IOException {
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    OutputMetadata metadata =
        new OutputMetadata("the records", root.getSchema().getCustomMetadata());
    SamText text = new SamText(root.getFieldVectors(), metadata);
    Batches batches =
        new Batches() {
          @Override
          public boolean next() throws IOException {
            return reader.loadNextBatch();
          }

          @Override
          public List<FieldVector> vectors() {
            return root.getFieldVectors();
          }

          @Override
          public int rows() {
            return root.getRowCount();
          }
        };
    return writeRecords(text, batches, out, RowChoice.all(), Long.MAX_VALUE);
  }

  private static long writeRecords(
      Path arrow,
      ArrowInput input,
      OutputMetadata metadata,
      OutputStream out,
      RowChoice rows,
      long most)
      throws IOException {
    SamText text;
    try {
      text = new SamText(input.vectors(), metadata);
    } catch (ClassCastException e) {
      throw new IOException(
          arrow
              + ": cannot be written as SAM, the types of its columns are not those that bamarrow"
              + " writes; see bamarrow schema "
              + arrow,
          e);
    } catch (IllegalArgumentException e) {
      throw new IOException(arrow + ": " + e.getMessage(), e);
    }
    try {
      return writeRecords(text, input, out, rows, most);
    } catch (IllegalStateException | IndexOutOfBoundsException e) { // of the vectors
      throw new IOException(
          arrow + ": it holds values that bamarrow does not write: " + e.getMessage(), e);
    }
  }

  /** Batches in the vectors that the text is bound to. */
  interface Batches {
    /** Loads the next batch into the vectors; false after the last. */
    boolean next() throws IOException;

    List<FieldVector> vectors();

    /** Number of rows of the batch. */
    int rows();
  }

  private static long writeRecords(
      SamText text, Batches batches, OutputStream out, RowChoice rows, long most)
      throws IOException {
    Bytes lines = new Bytes();
    long written = 0;
    while (written < most && batches.next()) {
      rows.at(batches.vectors(), batches.rows());
      for (int row = rows.next(0); row >= 0 && written < most; row = rows.next(row + 1)) {
        text.append(row, lines);
        written++;
        if (lines.length >= FLUSH_AT) {
          out.write(lines.data, 0, lines.length);
          lines.clear();
        }
      }
    }
    out.write(lines.data, 0, lines.length);
    return written;
  }

  private static void writeHeader(OutputMetadata metadata, OutputStream out) throws IOException {
    byte[] first = metadata.firstHeader();
    out.write(first);
    if (first.length > 0 && first[first.length - 1] != '\n') {
      out.write('\n');
    }
    Set<String> known = new HashSet<>();
    latin1(first).lines().forEach(known::add);
    for (int index = 0; index < metadata.toldInputs(); index++) {
      InputHeader input = metadata.input(index);
      if (index == 0 || metadata.byInput()) {
        writeReferences(input, known, out);
      }
      byte[] text = index == 0 ? null : input.header();
      if (text != null) {
        for (String line : (Iterable<String>) latin1(text).lines()::iterator) {
          if (!line.startsWith("@HD\t")) {
            writeNew(line, known, out);
          }
        }
      }
    }
  }

  /** The dictionary as {@code @SQ} lines, if the header has none. */
  private static void writeReferences(InputHeader input, Set<String> known, OutputStream out)
      throws IOException {
    String text = latin1(input.header());
    if (text.startsWith("@SQ\t") || text.contains("\n@SQ\t") || input.references() == null) {
      return;
    }
    for (JsonNode reference : input.references()) {
      String name = latin1(reference.required("name").asText().getBytes(StandardCharsets.UTF_8));
      writeNew("@SQ\tSN:" + name + "\tLN:" + reference.required("length").asText(), known, out);
    }
  }

  private static void writeNew(String line, Set<String> known, OutputStream out)
      throws IOException {
    if (known.add(line)) {
      out.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
