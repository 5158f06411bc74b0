package org.bamarrow.spark.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.HeaderLine;
import org.bamarrow.spark.options.SourceTable;

/**
 * A table of headers (SAM specification 1.3): its columns, and the rows of one header in Spark's
 * internal types. No header field is lost: fields without a column are in the last column.
 */
public enum HeaderTable {
  HEADER {
    @Override
    StructType columns() {
      return new StructType()
          .add("line", DataTypes.IntegerType, false)
          .add("type", DataTypes.StringType, false)
          .add("fields", FIELDS, false)
          .add("text", DataTypes.StringType, false);
    }

    @Override
    Stream<Object[]> rows(BamHeader header, List<HeaderLine> lines) {
      return lines.stream()
          .map(
              line ->
                  new Object[] {
                    line.number(), text(line.type()), map(line.fields()), text(line.text())
                  });
    }
  },

  /**
   * The binary reference dictionary, which is authoritative, with the fields of its {@code @SQ}
   * lines.
   */
  REFERENCES {
    private static final List<String> OWN = List.of("SN", "LN", "M5", "AS", "SP", "UR", "AN");

    @Override
    StructType columns() {
      return new StructType()
          .add("id", DataTypes.IntegerType, false)
          .add("name", DataTypes.StringType, false)
          .add("length", DataTypes.IntegerType, false)
          .add("md5", DataTypes.StringType)
          .add("assembly", DataTypes.StringType)
          .add("species", DataTypes.StringType)
          .add("uri", DataTypes.StringType)
          .add("aliases", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("other_fields", FIELDS, false);
    }

    @Override
    Stream<Object[]> rows(BamHeader header, List<HeaderLine> lines) {
      Map<String, Map<String, String>> said = new HashMap<>();
      ofType("SQ", lines).forEach(fields -> said.putIfAbsent(fields.get("SN"), fields));
      List<Object[]> rows = new ArrayList<>();
      for (BamHeader.Reference reference : header.references()) {
        Map<String, String> fields = said.getOrDefault(reference.name(), Map.of());
        String aliases = fields.get("AN");
        rows.add(
            new Object[] {
              rows.size(),
              text(reference.name()),
              reference.length(),
              text(fields.get("M5")),
              text(fields.get("AS")),
              text(fields.get("SP")),
              text(fields.get("UR")),
              list(aliases == null ? List.of() : Arrays.asList(aliases.split(","))),
              map(without(OWN, fields))
            });
      }
      return rows.stream();
    }
  },

  READ_GROUPS {
    private static final Map<String, String> OWN = new LinkedHashMap<>();

    static {
      OWN.put("id", "ID");
      OWN.put("sample", "SM");
      OWN.put("library", "LB");
      OWN.put("platform", "PL");
      OWN.put("platform_unit", "PU");
      OWN.put("platform_model", "PM");
      OWN.put("center", "CN");
      OWN.put("date", "DT");
      OWN.put("description", "DS");
    }

    @Override
    StructType columns() {
      return named(OWN);
    }

    @Override
    Stream<Object[]> rows(BamHeader header, List<HeaderLine> lines) {
      return ofType("RG", lines).map(fields -> row(OWN, fields));
    }
  },

  PROGRAMS {
    private static final Map<String, String> OWN = new LinkedHashMap<>();

    static {
      OWN.put("id", "ID");
      OWN.put("name", "PN");
      OWN.put("version", "VN");
      OWN.put("command_line", "CL");
      OWN.put("previous", "PP");
      OWN.put("description", "DS");
    }

    @Override
    StructType columns() {
      return named(OWN);
    }

    @Override
    Stream<Object[]> rows(BamHeader header, List<HeaderLine> lines) {
      return ofType("PG", lines).map(fields -> row(OWN, fields));
    }
  };

  private static final DataType FIELDS =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, false);

  /** The columns after {@code file}. */
  abstract StructType columns();

  /** The values of the columns after {@code file}. */
  abstract Stream<Object[]> rows(BamHeader header, List<HeaderLine> lines);

  public static HeaderTable of(SourceTable table) {
    return valueOf(table.name());
  }

  /** All columns. */
  public StructType schema() {
    StructType schema = new StructType().add("file", DataTypes.StringType, false);
    for (StructField column : columns().fields()) {
      schema = schema.add(column);
    }
    return schema;
  }

  /**
   * The columns of this table that a schema names.
   *
   * @throws IllegalArgumentException if there is no such column, or it has another type
   */
  public StructType select(StructType given) {
    StructType schema = schema();
    List<StructField> selected = new ArrayList<>();
    for (StructField field : given.fields()) {
      StructField own =
          Stream.of(schema.fields())
              .filter(column -> column.name().equals(field.name()))
              .filter(
                  column ->
                      column.dataType().catalogString().equals(field.dataType().catalogString()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          String.format(
                              "the schema has %s, which is not a column of this table: %s",
                              field.toDDL(), schema.toDDL())));
      selected.add(own);
    }
    return new StructType(selected.toArray(StructField[]::new));
  }

  /** The rows of one file, all columns. */
  public Stream<Object[]> rows(String file, BamHeader header, List<HeaderLine> lines) {
    UTF8String name = text(file);
    return rows(header, lines)
        .map(
            values -> {
              Object[] row = new Object[values.length + 1];
              row[0] = name;
              System.arraycopy(values, 0, row, 1, values.length);
              return row;
            });
  }

  private static Stream<Map<String, String>> ofType(String type, List<HeaderLine> lines) {
    return lines.stream().filter(line -> line.type().equals(type)).map(HeaderLine::fields);
  }

  private static StructType named(Map<String, String> own) {
    StructType schema = new StructType();
    for (String column : own.keySet()) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema.add("other_fields", FIELDS, false);
  }

  private static Object[] row(Map<String, String> own, Map<String, String> fields) {
    Function<String, Object> value = field -> text(fields.get(field));
    return Stream.concat(
            own.values().stream().map(value), Stream.of(map(without(own.values(), fields))))
        .toArray();
  }

  private static Map<String, String> without(Collection<String> own, Map<String, String> fields) {
    Map<String, String> rest = new LinkedHashMap<>(fields);
    rest.keySet().removeAll(own);
    return rest;
  }

  private static UTF8String text(String value) {
    return UTF8String.fromString(value);
  }

  private static GenericArrayData list(Collection<String> values) {
    return new GenericArrayData(values.stream().map(HeaderTable::text).toArray());
  }

  private static ArrayBasedMapData map(Map<String, String> values) {
    return new ArrayBasedMapData(list(values.keySet()), list(values.values()));
  }
}
