package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.BamHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Filter expressions on rows that no BAM has, or that few have. */
class VectorExpressionsTest {
  private static final BamHeader HEADER =
      new BamHeader(new byte[0], List.of(new BamHeader.Reference("chr1", 1000)), 0);

  private final BufferAllocator allocator = new RootAllocator();
  private final List<FieldVector> vectors = new ArrayList<>();

  private VectorExpressionsTest with(String name, String value) {
    VarCharVector vector = new VarCharVector(name, allocator);
    vector.allocateNew();
    if (value != null) {
      vector.setSafe(0, value.getBytes());
    }
    vector.setValueCount(1);
    vectors.add(vector);
    return this;
  }

  private VectorExpressionsTest with(String name, int value) {
    IntVector vector = new IntVector(name, allocator);
    vector.setSafe(0, value);
    vector.setValueCount(1);
    vectors.add(vector);
    return this;
  }

  private VectorExpressionsTest withTag(String tag, String value) {
    FieldType type =
        new FieldType(true, ArrowType.Utf8.INSTANCE, null, Map.of("bamarrow.type", "Z"));
    Field field =
        new Field(
            "tags",
            FieldType.notNullable(ArrowType.Struct.INSTANCE),
            List.of(new Field(tag, type, null)));
    StructVector struct = (StructVector) field.createVector(allocator);
    ((VarCharVector) struct.getChild(tag)).setSafe(0, value.getBytes());
    struct.setIndexDefined(0);
    struct.setValueCount(1);
    vectors.add(struct);
    return this;
  }

  @AfterEach
  void close() {
    vectors.forEach(FieldVector::close);
    allocator.close();
  }

  private boolean keeps(String expression) {
    RowOptions rows = RowOptions.defaults().withExpressions(List.of(expression));
    VectorSchemaRoot root = new VectorSchemaRoot(vectors);
    Schema schema = root.getSchema();
    BatchFilter filter =
        new BatchFilters(rows, List.of()).on(schema.getFields(), false, false, HEADER, Set.of());
    return filter.select(root.getFieldVectors(), root.getRowCount()).size() == 1;
  }

  private void fails(String why, String expression) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> keeps(expression));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void aCigarWithMoreOperationsThanTheFieldHolds() {
    with("cigar", "2M1I".repeat(40_000)).with("pos", 11).with("flag", 0).with("seq", "ACGT");
    assertTrue(keeps("ncigar == 80000 && rlen == 80000 && qlen == 120000"));
    assertTrue(keeps("length(cigar) == 160000 && cigar =~ \"^2M1I\""));
    assertTrue(keeps("endpos == 80010"));
  }

  @Test
  void nullsAreTheValuesOfTheBam() {
    with("qname", null)
        .with("rname", null)
        .with("cigar", null)
        .with("seq", null)
        .with("qual", null);
    assertTrue(keeps("qname == \"*\" && rname == \"*\" && refid == -1 && cigar == \"*\""));
    assertTrue(keeps("length(seq) == 0 && length(qual) == 0"));
  }

  @Test
  void missingColumnsAreNamed() {
    with("qname", "r");
    fails("the filters need flag, cigar", "flag == 4 && sclen == 0 && qname == \"r\"");
    fails("the filters need tags.NM or other_tags", "[NM] == 1");
  }

  @Test
  void valuesThatNoBamHasAreErrors() {
    with("qname", "r".repeat(255)).with("cigar", "10").with("seq", "AC-").with("rname", "chr2");
    with("qual", "II");
    withTag("CB", "AC");
    fails("qname has more than 254 bytes", "qname == \"r\"");
    fails("not a CIGAR", "ncigar == 1");
    fails("seq has letters", "seq == \"A\"");
    fails("not one of the references", "rname == \"chr2\"");
    fails("row 1 of the batch: filter expression, character 11", "1 == [CB] + 1");
    assertEquals(true, keeps("[CB] == \"AC\""));
  }
}
