package org.bamarrow.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bamarrow.verify.SamValues.cigarOps;
import static org.bamarrow.verify.SamValues.list;
import static org.bamarrow.verify.SamValues.number;
import static org.bamarrow.verify.SamValues.ops;
import static org.bamarrow.verify.SamValues.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.bam.Samtools;

/**
 * An Arrow file as the schema's rules want it, made from the text of {@code samtools view}: neither
 * the converter nor htsjdk has a hand in it. Plain and slow; one batch every 50 rows.
 */
final class HandMadeArrow {
  private static final int BATCH = 50;

  private final ColumnOptions columns;

  private final TagOptions tags;

  private final RowOptions rows;

  private final Map<Path, String> headers = new HashMap<>();

  private boolean stream;

  private List<String> samtoolsArguments = List.of();

  HandMadeArrow(ColumnOptions columns, TagOptions tags, RowOptions rows) {
    this.columns = columns;
    this.tags = tags;
    this.rows = rows;
  }

  HandMadeArrow asStream() {
    stream = true;
    return this;
  }

  /** Options of {@code samtools view} that mean what the row options mean. */
  HandMadeArrow filteredBy(String... arguments) {
    samtoolsArguments = List.of(arguments);
    return this;
  }

  void write(Path bam, Path arrow) throws Exception {
    write(List.of(bam), arrow);
  }

  void write(List<Path> bams, Path arrow) throws Exception {
    List<String[]> lines = new ArrayList<>();
    List<Path> sources = new ArrayList<>();
    for (Path bam : bams) {
      List<String> arguments = new ArrayList<>(List.of("view"));
      arguments.addAll(samtoolsArguments);
      arguments.add(bam.toString());
      String text = new String(Samtools.run(arguments.toArray(new String[0])), ISO_8859_1);
      for (String line : text.isEmpty() ? new String[0] : text.split("\n")) {
        if (rows.limit() < 0 || lines.size() < rows.limit()) {
          lines.add(line.split("\t", -1));
          sources.add(bam);
        }
      }
    }
    Schema schema = new Schema(HandMadeSchema.fields(columns, tags), metadata(bams));
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
        OutputStream out = Files.newOutputStream(arrow);
        WritableByteChannel channel = Channels.newChannel(out);
        ArrowWriter writer =
            stream
                ? new ArrowStreamWriter(root, null, channel)
                : new ArrowFileWriter(root, null, channel)) {
      writer.start();
      for (int from = 0; from < lines.size(); from += BATCH) {
        int count = Math.min(BATCH, lines.size() - from);
        root.allocateNew();
        for (int row = 0; row < count; row++) {
          for (FieldVector vector : root.getFieldVectors()) {
            fill(vector, row, lines.get(from + row), sources.get(from + row));
          }
        }
        root.setRowCount(count);
        writer.writeBatch();
        root.clear();
      }
      writer.end();
    }
  }

  private Map<String, String> metadata(List<Path> bams) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> tagOptions = new HashMap<>();
    tagOptions.put("mode", tags.mode());
    tagOptions.put("listed", tags.listed().stream().map(TagType::toString).toList());
    tagOptions.put("other", tags.other());
    tagOptions.put("failOnMismatch", tags.failOnMismatch());
    tagOptions.put("failOnDuplicate", tags.failOnDuplicate());
    tagOptions.put("projection", tags.projection());
    Map<String, String> metadata = new HashMap<>();
    metadata.put(
        "bamarrow.options",
        json.writeValueAsString(
            Map.of("columns", columnOptions(), "tags", tagOptions, "rows", rows)));
    List<Map<String, Object>> references = new ArrayList<>();
    for (int i = 0; i < bams.size(); i++) {
      String header =
          new String(Samtools.run("view", "-H", "--no-PG", bams.get(i).toString()), UTF_8);
      headers.put(bams.get(i), header);
      metadata.put("bamarrow.header" + (i == 0 ? "" : "." + i), header);
      for (String line : header.split("\n")) {
        if (line.startsWith("@SQ\t")) {
          Map<String, Object> reference =
              Map.of(
                  "name", line.replaceAll(".*\tSN:([^\t]*).*", "$1"),
                  "length", Integer.valueOf(line.replaceAll(".*\tLN:([^\t]*).*", "$1")));
          if (!references.contains(reference)) {
            references.add(reference);
          }
        }
      }
      if (i == 0) {
        String order = header.split("\n")[0];
        metadata.put(
            "bamarrow.sort_order",
            order.contains("\tSO:") ? order.replaceAll(".*\tSO:([^\t]*).*", "$1") : "unknown");
      }
    }
    metadata.put("bamarrow.references", json.writeValueAsString(references));
    metadata.put(
        "bamarrow.files",
        json.writeValueAsString(bams.stream().map(b -> b.getFileName().toString()).toList()));
    metadata.put(
        "bamarrow.coordinates",
        columns.coordinates() == Coordinates.ZERO_BASED
            ? "0-based-half-open"
            : "1-based-inclusive");
    return metadata;
  }

  private Map<String, Object> columnOptions() {
    Map<String, Object> options = new HashMap<>();
    options.put("names", columns.names());
    options.put("zeroBased", columns.coordinates() == Coordinates.ZERO_BASED);
    options.put("qualNumbers", columns.qual() == QualForm.NUMBERS);
    options.put("cigarOps", columns.cigar() == CigarForm.OPS);
    options.put("latin1", columns.textEncoding() == TextEncoding.LATIN_1);
    options.put("profile", columns.profile() == ColumnProfile.ROGTK ? "rogtk" : null);
    return options;
  }

  private void fill(FieldVector vector, int row, String[] sam, Path bam) {
    int base = columns.coordinates() == Coordinates.ZERO_BASED ? 0 : 1;
    switch (vector.getName()) {
      case "qname", "name" -> text(vector, row, star(sam[0]));
      case "flag", "flags" -> number(vector, row, sam[1]);
      case "rname", "chrom" -> text(vector, row, star(sam[2]));
      case "pos", "start" -> number(vector, row, coordinate(sam[3], base));
      case "end" -> number(vector, row, end(sam));
      case "mapq" -> number(vector, row, sam[4].equals("255") ? null : sam[4]);
      case "cigar" -> {
        if (columns.cigar() == CigarForm.OPS) {
          cigarOps((ListVector) vector, row, sam[5]);
        } else {
          text(vector, row, star(sam[5]));
        }
      }
      case "rnext" -> text(vector, row, star(sam[6].equals("=") ? sam[2] : sam[6]));
      case "pnext" -> number(vector, row, coordinate(sam[7], base));
      case "tlen" -> number(vector, row, sam[8]);
      case "seq", "sequence" -> text(vector, row, star(sam[9]));
      case "qual", "quality_scores" -> {
        if (vector instanceof ListVector list) {
          String numbers = sam[10].chars().mapToObj(c -> "," + (c - 33)).reduce("", String::concat);
          list(list, row, sam[10].equals("*") ? null : numbers);
        } else {
          text(vector, row, star(sam[10]));
        }
      }
      case "file", "source_file" -> text(vector, row, bam.toString());
      case "read_group" -> text(vector, row, tag(sam, "RG:Z:"));
      case "sample" -> text(vector, row, readGroup(bam, tag(sam, "RG:Z:"), "SM"));
      case "library" -> text(vector, row, readGroup(bam, tag(sam, "RG:Z:"), "LB"));
      case "tags" -> tags((StructVector) vector, row, sam);
      case "other_tags" -> otherTags((MapVector) vector, row, sam);
      default -> throw new IllegalArgumentException(vector.getName());
    }
  }

  private static String star(String text) {
    return text.equals("*") ? null : text;
  }

  private static String coordinate(String oneBased, int base) {
    return oneBased.equals("0") ? null : String.valueOf(Integer.parseInt(oneBased) - 1 + base);
  }

  private static String end(String[] sam) {
    if (sam[3].equals("0")) {
      return null;
    }
    int span = 0;
    if ((Integer.parseInt(sam[1]) & 4) == 0 && !sam[5].equals("*")) {
      for (String[] op : ops(sam[5])) {
        span += "MDN=X".contains(op[0]) ? Integer.parseInt(op[1]) : 0;
      }
    }
    return String.valueOf(Integer.parseInt(sam[3]) - 1 + Math.max(1, span));
  }

  private static String tag(String[] sam, String start) {
    for (int i = 11; i < sam.length; i++) {
      if (sam[i].startsWith(start)) {
        return sam[i].substring(start.length());
      }
    }
    return null;
  }

  private String readGroup(Path bam, String id, String key) {
    for (String line : headers.get(bam).split("\n")) {
      if (line.startsWith("@RG\t") && (line + "\t").contains("\tID:" + id + "\t")) {
        return line.contains("\t" + key + ":")
            ? line.replaceAll(".*\t" + key + ":([^\t]*).*", "$1")
            : null;
      }
    }
    return null;
  }

  private void tags(StructVector struct, int row, String[] sam) {
    struct.setIndexDefined(row);
    for (TagType tag : tags.listed()) {
      FieldVector child = struct.getChild(tag.tag());
      String value = null;
      for (int i = sam.length - 1; i >= 11; i--) {
        if (sam[i].startsWith(tag.tag() + ":") && fits(sam[i], tag)) {
          value = sam[i].substring(5);
        }
      }
      if (child instanceof ListVector list) {
        list(list, row, value == null ? null : value.substring(1));
      } else if (child instanceof VarCharVector) {
        text(child, row, value);
      } else {
        number(child, row, value);
      }
    }
  }

  private static boolean fits(String samField, TagType tag) {
    return samField.charAt(3) == tag.type()
        && (tag.type() != 'B' || samField.charAt(5) == tag.subtype());
  }

  private void otherTags(MapVector map, int row, String[] sam) {
    StructVector entries = (StructVector) map.getDataVector();
    int at = map.startNewValue(row);
    int count = 0;
    List<String> taken = new ArrayList<>();
    for (int i = 11; i < sam.length; i++) {
      String name = sam[i].substring(0, 2);
      String field = sam[i];
      boolean typed =
          tags.mode() != TagsMode.NONE
              && !taken.contains(name)
              && tags.listed().stream().anyMatch(t -> t.tag().equals(name) && fits(field, t));
      if (typed) {
        taken.add(name);
      }
      if (tags.other() == OtherTags.ALL || !typed) {
        entries.setIndexDefined(at + count);
        text((FieldVector) entries.getChild("key"), at + count, name);
        text((FieldVector) entries.getChild("value"), at + count, sam[i].substring(3));
        count++;
      }
    }
    map.endValue(row, count);
  }
}
