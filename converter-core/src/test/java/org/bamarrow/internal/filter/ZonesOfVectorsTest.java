package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.ZoneJsonReader;
import org.bamarrow.internal.parts.RowTotals;
import org.bamarrow.internal.parts.VectorPartWriter;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.parts.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Zones of vectors that are not from a BAM: integers of any size, structs with nulls, batches
 * without values. No batch with a row that satisfies a predicate is left out.
 */
class ZonesOfVectorsTest {
  private static final int[] SIZES = {8, 16, 32, 64};
  private static final String[] NAMES = {"", "chr1", "chr2", "x", "\uffff", "gr\u00fcn"};

  @TempDir Path folder;

  private final Random random = new Random(11);
  private long partsLeftOut;

  private ArrowType integer() {
    return new ArrowType.Int(SIZES[random.nextInt(4)], true);
  }

  private Schema schema() {
    ArrowType text = ArrowType.Utf8.INSTANCE;
    boolean doubles = random.nextBoolean();
    ArrowType floating =
        new ArrowType.FloatingPoint(
            doubles ? FloatingPointPrecision.DOUBLE : FloatingPointPrecision.SINGLE);
    return new Schema(
        List.of(
            Field.nullable("flag", integer()),
            Field.nullable("pos", integer()),
            Field.nullable("end", integer()),
            Field.nullable("mapq", integer()),
            Field.nullable("rname", text),
            Field.nullable("qname", text),
            new Field(
                "tags",
                FieldType.nullable(ArrowType.Struct.INSTANCE),
                List.of(
                    Field.nullable("NM", integer()),
                    Field.nullable("AS", floating),
                    Field.nullable("RG", text)))));
  }

  /** Rows of which those of a column are all null, near each other, or anywhere. */
  private void fill(VectorSchemaRoot root, int rows) {
    root.allocateNew();
    for (FieldVector vector : root.getFieldVectors()) {
      if (vector instanceof StructVector struct) {
        int kind = random.nextInt(3);
        struct.getChildrenFromFields().forEach(child -> fill(child, rows));
        for (int row = 0; row < rows; row++) {
          if (kind > 0 && random.nextInt(4) == 0) {
            struct.setNull(row);
          } else {
            struct.setIndexDefined(row);
          }
        }
        struct.setValueCount(rows);
      } else {
        fill(vector, rows);
      }
    }
    root.setRowCount(rows);
  }

  private void fill(FieldVector vector, int rows) {
    int kind = random.nextInt(4);
    long near = random.nextInt(100) - 50;
    for (int row = 0; row < rows; row++) {
      if (kind == 0 || kind == 1 && random.nextInt(3) == 0) {
        vector.setNull(row);
      } else {
        Numbers.set(vector, row, kind == 2 ? near + random.nextInt(3) : extreme(), NAMES, random);
      }
    }
    vector.setValueCount(rows);
  }

  private long extreme() {
    return switch (random.nextInt(6)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Integer.MIN_VALUE;
      case 2 -> Long.MAX_VALUE;
      default -> random.nextInt(300) - 150;
    };
  }

  private RawPredicate predicate(int depth) {
    return switch (depth == 0 ? 9 : random.nextInt(8)) {
      case 0, 1 -> new RawPredicate.And(predicate(depth - 1), predicate(depth - 1));
      case 2, 3 -> new RawPredicate.Or(predicate(depth - 1), predicate(depth - 1));
      case 4 -> new RawPredicate.Not(predicate(depth - 1));
      default -> leaf();
    };
  }

  private RawPredicate leaf() {
    Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
    List<RawField.Column> integers =
        List.of(
            RawField.Column.FLAG,
            RawField.Column.POS,
            RawField.Column.END,
            RawField.Column.MAPQ,
            RawField.Column.TLEN); // which the data lack
    RawField field =
        random.nextInt(5) == 0
            ? RawField.of(TagType.parse("NM:i"))
            : RawField.of(integers.get(random.nextInt(integers.size())));
    RawField text =
        switch (random.nextInt(3)) {
          case 0 -> RawField.of(RawField.Column.RNAME);
          case 1 -> RawField.of(RawField.Column.QNAME);
          default -> RawField.of(TagType.parse("RG:Z"));
        };
    String name = NAMES[random.nextInt(NAMES.length)];
    double number = random.nextInt(4) == 0 ? Double.NaN : random.nextInt(100) - 50;
    return switch (random.nextInt(8)) {
      case 0 -> new RawPredicate.IsNull(random.nextBoolean() ? field : text);
      case 1 ->
          new RawPredicate.IntegerCompare(
              field, 1L << random.nextInt(12), Operator.EQUAL, (long) random.nextInt(2) * 4);
      case 2 -> new RawPredicate.IntegerIn(field, random.nextInt(100) - 50, extreme());
      case 3 -> new RawPredicate.TextCompare(text, operator, name);
      case 4 ->
          new RawPredicate.TextIn(text, ByteStringSet.of(List.of(name, "y")), random.nextBoolean());
      case 5 -> new RawPredicate.StartsWith(text, name.substring(0, Math.min(1, name.length())));
      case 6 -> new RawPredicate.FloatCompare(RawField.of(TagType.parse("AS:f")), operator, number);
      default -> new RawPredicate.IntegerCompare(field, operator, random.nextInt(100) - 50L);
    };
  }

  @Test
  void noBatchWithARowThatSatisfiesAPredicateIsLeftOut() throws Exception {
    long leftOut = 0;
    for (int i = 0; i < 120; i++) {
      Path file = folder.resolve(i + ".arrow");
      leftOut += check(file, write(file));
    }
    assertTrue(leftOut > 1_000, leftOut + " batches were left out");
    assertTrue(partsLeftOut > 100, partsLeftOut + " parts were left out");
  }

  @Test
  void totalsOfAPartAreThoseOfItsRows() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < 60; i++) {
      Path file = folder.resolve(i + ".arrow");
      ObjectNode found = (ObjectNode) json.readTree(write(file).zone());
      ObjectNode expected = (ObjectNode) RowTotals.of(file, true);
      found.remove("sorted");
      if (!found.has("references")) { // a position is the number for null
        expected.remove("references");
      }
      assertEquals(expected, found);
    }
  }

  private Part write(Path file) throws Exception {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema(), allocator);
        OutputStream out = Files.newOutputStream(file);
        VectorPartWriter writer =
            new VectorPartWriter(root, OutputOptions.defaults(), allocator, "x", out)) {
      for (int batch = 0; batch < 8; batch++) {
        fill(root, random.nextInt(20));
        writer.writeBatch();
      }
      return writer.finish(1).part();
    }
  }

  private long check(Path file, Part part) throws Exception {
    long leftOut = 0;
    for (int i = 0; i < 40; i++) {
      RawPredicate predicate = predicate(2);
      try (BufferAllocator allocator = new RootAllocator();
          IpcBatches batches = IpcBatches.open(new FileByteSource(file.toString(), file))) {
        List<Zone> zones = new ArrayList<>(batches.zones().all());
        ZonePredicate can = new ZonePredicate(predicate, batches.zones().columns());
        VectorPredicate rows = VectorPredicate.compile(predicate, batches.ipcSchema().fields());
        batches.selectAll(allocator);
        boolean anyOfPart = false;
        for (Zone zone : zones) {
          assertTrue(batches.next());
          assertEquals(batches.root().getRowCount(), zone.rows());
          boolean any = !rows.select(batches.root()).isEmpty();
          boolean possible = can.canMatch(zone);
          assertTrue(possible || !any, () -> file + " " + predicate + "\n" + zone);
          leftOut += possible ? 0 : 1;
          anyOfPart |= any;
        }
        Zone total = ZoneJsonReader.read(part.zone(), batches.zones().columns(), part.rows());
        boolean possible = can.canMatch(total);
        assertTrue(possible || !anyOfPart, () -> file + " " + predicate + "\n" + part.zone());
        partsLeftOut += possible ? 0 : 1;
      }
    }
    return leftOut;
  }

  /** Values of vectors. */
  private static final class Numbers {
    private static void set(
        FieldVector vector, int row, long value, String[] names, Random random) {
      if (vector instanceof org.apache.arrow.vector.TinyIntVector bytes) {
        bytes.setSafe(row, (byte) value);
      } else if (vector instanceof org.apache.arrow.vector.SmallIntVector shorts) {
        shorts.setSafe(row, (short) value);
      } else if (vector instanceof org.apache.arrow.vector.IntVector ints) {
        ints.setSafe(row, (int) value);
      } else if (vector instanceof org.apache.arrow.vector.BigIntVector longs) {
        longs.setSafe(row, value);
      } else if (vector instanceof org.apache.arrow.vector.Float4Vector floats) {
        floats.setSafe(row, value == Long.MIN_VALUE ? Float.NaN : value == 0 ? -0f : value);
      } else if (vector instanceof org.apache.arrow.vector.Float8Vector doubles) {
        doubles.setSafe(row, value == Long.MIN_VALUE ? Double.NaN : value == 0 ? -0.0 : value);
      } else {
        byte[] name = names[random.nextInt(names.length)].getBytes(StandardCharsets.UTF_8);
        ((org.apache.arrow.vector.VarCharVector) vector).setSafe(row, name);
      }
    }
  }
}
