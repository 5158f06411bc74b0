package org.bamarrow.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TextEncoding;

/** Compares what an Arrow file contains once: columns and types, headers, references. */
final class SchemaCheck {
  private final OutputMetadata metadata;
  private final Map<String, Integer> union = new LinkedHashMap<>();

  SchemaCheck(OutputMetadata metadata) {
    this.metadata = metadata;
  }

  /** Checks that the columns are those of the options, in order. */
  void checkColumns(VectorSchemaRoot root) throws Mismatch {
    List<String> found = root.getSchema().getFields().stream().map(Field::getName).toList();
    require("(columns)", metadata.columnNames(), found);
  }

  /** Checks the number of inputs and what applies to all of them. */
  void checkInputs(int inputs) throws Mismatch, IOException {
    require("(number of files)", inputs, metadata.inputs());
    String base =
        metadata.columns.coordinates() == Coordinates.ZERO_BASED
            ? "0-based-half-open"
            : "1-based-inclusive";
    require("(coordinates)", base, metadata.text("bamarrow.coordinates"));
  }

  /** Checks header and dictionary of one file; call in order. */
  void checkFile(int index, HtsFile file) throws Mismatch, IOException {
    if (index >= metadata.toldInputs()) {
      return; // after a limit
    }
    Map<String, Integer> own = new LinkedHashMap<>();
    for (int i = 0; i < file.referenceNames.length; i++) {
      String name =
          new String(
              file.referenceNames[i],
              metadata.columns.textEncoding() == TextEncoding.LATIN_1
                  ? StandardCharsets.ISO_8859_1
                  : StandardCharsets.UTF_8);
      own.putIfAbsent(name, file.referenceLengths[i]);
    }
    own.forEach(union::putIfAbsent);
    InputHeader input = metadata.input(index);
    byte[] found = input.header();
    if (found == null || !Arrays.equals(file.text, found)) {
      throw new Mismatch("(header)", quoted(file.text), quoted(found));
    }
    if (index == 0 || metadata.byInput()) {
      require("(sort order)", file.sortOrder(), input.sortOrder());
    }
    if (metadata.byInput()) {
      JsonNode told = input.references();
      require("(references)", json(own), told == null ? json(sequences(file)) : told);
    }
  }

  /** The union of the dictionaries, in order of first appearance; call after all files. */
  void checkUnion() throws Mismatch, IOException {
    if (!metadata.byInput()) {
      require("(references)", json(union), metadata.json("bamarrow.references"));
    }
  }

  /** The names of the references of all files checked. */
  Set<String> references() {
    return union.keySet();
  }

  private static JsonNode json(Map<String, Integer> references) {
    ArrayNode array = new ObjectMapper().createArrayNode();
    references.forEach((name, length) -> array.addObject().put("name", name).put("length", length));
    return array;
  }

  /** The dictionary according to the {@code @SQ} lines, used if the metadata omit it. */
  private static Map<String, Integer> sequences(HtsFile file) throws Mismatch {
    Map<String, Integer> sequences = new LinkedHashMap<>();
    for (String line : new String(file.text, StandardCharsets.UTF_8).split("\r?\n")) {
      if (line.startsWith("@SQ\t")) {
        String[] fields = line.split("\t");
        try {
          sequences.put(
              HtsFile.field(fields, "SN:"), Integer.valueOf(HtsFile.field(fields, "LN:")));
        } catch (NumberFormatException e) {
          throw new Mismatch("(references)", "the dictionary", "invalid @SQ lines");
        }
      }
    }
    return sequences;
  }

  private static void require(String what, Object expected, Object found) throws Mismatch {
    if (!expected.equals(found)) {
      throw new Mismatch(what, expected, found);
    }
  }

  private static String quoted(byte[] text) {
    return text == null ? "none" : "'" + new String(text, StandardCharsets.UTF_8) + "'";
  }

  /** One check per column; a column of another type than specified is a difference. */
  List<ColumnCheck> columns(VectorSchemaRoot root, TagChecks tags, FileNames names)
      throws Mismatch {
    List<ColumnCheck> checks = new ArrayList<>();
    for (FieldVector vector : root.getFieldVectors()) {
      Field field = vector.getField();
      String type = field.getType() + field.getChildren().toString();
      try {
        checks.add(column(vector, tags, names));
      } catch (ClassCastException e) {
        throw new Mismatch("(type of " + field.getName() + ")", "that of docs/schema.md", type);
      }
    }
    return checks;
  }

  /** The base name that the {@code file} column must have for a file. */
  interface FileNames {
    String of(HtsFile file);
  }

  private ColumnCheck column(FieldVector vector, TagChecks tags, FileNames names) throws Mismatch {
    String name = vector.getName();
    return switch (name) {
      case "qname", "name" -> ColumnCheck.text(vector, HtsRecord::qname);
      case "flag", "flags" -> ColumnCheck.number(int32(vector), r -> r.record.getFlags());
      case "rname", "chrom" -> ColumnCheck.text(vector, HtsRecord::rname);
      case "pos", "start" -> ColumnCheck.number(int32(vector), HtsRecord::pos);
      case "end" -> ColumnCheck.number(int32(vector), HtsRecord::end);
      case "mapq" -> ColumnCheck.number(int32(vector), HtsRecord::mapq);
      case "cigar" ->
          metadata.columns.cigar() == CigarForm.OPS
              ? ColumnCheck.cigarOps(vector)
              : ColumnCheck.text(vector, HtsRecord::cigar);
      case "rnext" -> ColumnCheck.text(vector, HtsRecord::rnext);
      case "pnext" -> ColumnCheck.number(int32(vector), HtsRecord::pnext);
      case "tlen" -> ColumnCheck.number(int32(vector), r -> r.record.getInferredInsertSize());
      case "seq", "sequence" -> ColumnCheck.text(vector, HtsRecord::seq);
      case "qual", "quality_scores" ->
          metadata.columns.qual() == QualForm.NUMBERS && !metadata.rogtk()
              ? ColumnCheck.list(name, vector, HtsRecord::qualNumbers)
              : ColumnCheck.text(vector, HtsRecord::qualText);
      case "tags" -> tags.struct(vector);
      case "other_tags" -> tags.map(vector);
      case "file", "source_file" -> new FileColumnCheck(vector, names);
      case "read_group" -> ColumnCheck.text(vector, HtsRecord::readGroup);
      case "sample" -> ColumnCheck.text(vector, HtsRecord::sample);
      case "library" -> ColumnCheck.text(vector, HtsRecord::library);
      case "voffset" -> new VirtualOffsetCheck(vector);
      case "rid" -> ColumnCheck.number(int32(vector), HtsRecord::rid);
      default -> throw new Mismatch("(columns)", "a column of docs/schema.md", name);
    };
  }

  private static FieldVector int32(FieldVector vector) {
    return (org.apache.arrow.vector.IntVector) vector;
  }
}
