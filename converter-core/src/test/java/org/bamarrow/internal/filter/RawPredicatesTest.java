package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.StartsWith;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.internal.filter.RawPredicate.TextIn;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Test;

class RawPredicatesTest {
  private static final int MANY = 100_000;
  private static final RawField FLAG = RawField.of(Column.FLAG);
  private static final RawField QNAME = RawField.of(Column.QNAME);
  private static final RawField RNAME = RawField.of(Column.RNAME);
  private static final RawField CB = RawField.of(TagType.parse("CB:Z"));
  private static final RawField NM = RawField.of(TagType.parse("NM:i"));

  @Test
  void listsOfAHundredThousandValuesAreEvaluated() throws Exception {
    List<String> even = IntStream.range(0, MANY).mapToObj(i -> "v" + 2 * i).toList();
    ByteStringSet texts = ByteStringSet.of(even);
    SortedLongs numbers = SortedLongs.of(IntStream.range(0, MANY).mapToLong(i -> 2L * i).toArray());
    for (RawPredicate predicate :
        List.of(
            new TextIn(QNAME, texts, false),
            new TextIn(CB, texts, false),
            new IntegerIn(NM, -1, numbers, false))) {
      RecordFilter filter = RawPredicates.compile(copy(predicate)).get();
      RecordFilter negated = RawPredicates.compile(new Not(predicate)).get();
      for (int i = 0; i < 2 * MANY; i += 777) {
        ArraySlice record = slice(named("v" + i).text("CB", "v" + i).integer("NM", 'i', i));
        assertEquals(i % 2 == 0, filter.accepts(record, 0));
        assertEquals(i % 2 != 0, negated.accepts(record, 0));
      }
    }
  }

  @Test
  void namesOfReferencesAreResolvedAnewForEachHeader() throws Exception {
    ByteStringSet names =
        ByteStringSet.of(IntStream.range(0, MANY).mapToObj(i -> "c" + i).toList());
    RecordFilter filter = RawPredicates.compile(new TextIn(RNAME, names, false)).get();
    byte[] record = new RecordBytes().record();
    LittleEndian.int32(record, RecordLayout.REF_ID, 1);
    assertTrue(filter.accepts(slice(record, "x", "c99999"), 0));
    assertFalse(filter.accepts(slice(record, "c99999", "x"), 0));
  }

  @Test
  void aPredicateIsTheSameAfterSerialization() throws Exception {
    RawPredicate predicate =
        new And(
            new Or(new IntegerCompare(FLAG, 4, Operator.EQUAL, 0L), new IsNull(CB)),
            new Not(new StartsWith(QNAME, "a")),
            new IntegerIn(NM, 3, 1, 2),
            new RawPredicate.FloatCompare(
                RawField.of(TagType.parse("XF:f")), Operator.LESS, Double.NaN),
            new TextCompare(RNAME, Operator.NULL_SAFE_EQUAL, null),
            RawPredicate.UNKNOWN);
    assertEquals(predicate, copy(predicate));
  }

  @Test
  void filtersOfOneSupplierDoNotDisturbEachOther() throws Exception {
    Supplier<RecordFilter> filters =
        RawPredicates.compile(new TextCompare(CB, Operator.EQUAL, "x"));
    RecordFilter one = filters.get();
    RecordFilter two = filters.get();
    ArraySlice hit = slice(new RecordBytes().text("CB", "x"));
    ArraySlice miss = slice(new RecordBytes().text("CB", "y"));
    assertTrue(one.accepts(hit, 0));
    assertFalse(two.accepts(miss, 0));
    assertTrue(one.accepts(hit, 0));
  }

  @Test
  void bothFiltersMustAcceptAndNoneAcceptsAll() throws Exception {
    Supplier<RecordFilter> paired =
        RawPredicates.compile(new IntegerCompare(FLAG, 1, Operator.EQUAL, 1L));
    Supplier<RecordFilter> named =
        RawPredicates.compile(new TextCompare(QNAME, Operator.EQUAL, "a"));
    RecordFilter both = RawPredicates.and(paired, named).get();
    assertTrue(both.accepts(slice(named("a").flag(3)), 0));
    assertFalse(both.accepts(slice(named("b").flag(3)), 0));
    assertFalse(both.accepts(slice(named("a").flag(2)), 0));
    assertSame(named, RawPredicates.and(null, named));
    assertSame(paired, RawPredicates.and(paired, null));
    assertNull(RawPredicates.and(null, null));
  }

  @Test
  void anInvalidTagIsAnErrorOnlyIfTagsAreEvaluated() throws Exception {
    ArraySlice broken = slice(new RecordBytes().raw('C', 'B', 'Z', 'x'));
    RecordFilter filter = RawPredicates.compile(new IsNull(CB)).get();
    BamFormatException e = assertThrows(BamFormatException.class, () -> filter.accepts(broken, 0));
    assertTrue(e.getMessage().contains("CB") && e.virtualOffset() == 65536, e.getMessage());
    assertTrue(RawPredicates.compile(new Not(new IsNull(FLAG))).get().accepts(broken, 0));
  }

  @Test
  void ofDuplicateTagsTheFirstValueThatFitsIsUsed() throws Exception {
    RecordBytes twice = new RecordBytes().integer("XS", 'C', 7).text("XS", "a").text("XS", "b");
    RawField text = RawField.of(TagType.parse("XS:Z"));
    RawField number = RawField.of(TagType.parse("XS:i"));
    RawPredicate both =
        new And(
            new TextCompare(text, Operator.EQUAL, "a"),
            new IntegerCompare(number, Operator.EQUAL, 7),
            new IsNull(RawField.of(TagType.parse("XS:B:c"))));
    assertTrue(RawPredicates.compile(both).get().accepts(slice(twice), 0));
  }

  @Test
  void aValueThatItsColumnCannotHoldIsAnErrorInAConditionOnIt() throws Exception {
    byte[] far = new RecordBytes().name("\u00e9").text("CB", "\u00e9").record();
    LittleEndian.int32(far, RecordLayout.POS, Integer.MAX_VALUE);
    LittleEndian.int32(far, RecordLayout.NEXT_POS, Integer.MAX_VALUE);
    for (RawField field :
        List.of(
            QNAME,
            CB,
            RawField.of(Column.POS),
            RawField.of(Column.PNEXT),
            RawField.of(Column.END))) {
      RecordFilter filter = RawPredicates.compile(new IsNull(field)).get();
      assertThrows(BamFormatException.class, () -> filter.accepts(slice(far), 0), field.toString());
    }
    assertFalse(
        RawPredicates.compile(new IsNull(new RawField(Column.POS, true, null)))
            .get()
            .accepts(slice(far), 0));
    assertTrue(
        RawPredicates.compile(new TextCompare(QNAME, Operator.EQUAL, "\u00e9"), true)
            .get()
            .accepts(slice(far), 0));
  }

  @Test
  void invalidFieldsAfterTheTagAreAnErrorAsInDecoding() throws Exception {
    ArraySlice broken = slice(new RecordBytes().text("CB", "x").raw('Z', 'Z', 'Z', 'x'));
    RecordFilter filter = RawPredicates.compile(new IsNull(CB)).get();
    assertThrows(BamFormatException.class, () -> filter.accepts(broken, 0));
  }

  @Test
  void conditionsThatDoNotMatchTheFieldAreRejected() {
    assertThrows(
        IllegalArgumentException.class, () -> new IntegerCompare(QNAME, Operator.EQUAL, 1));
    assertThrows(IllegalArgumentException.class, () -> new TextCompare(NM, Operator.EQUAL, "1"));
    assertThrows(IllegalArgumentException.class, () -> RawField.of(Column.TAG));
  }

  @Test
  void longChainsOfPairsAreFlat() throws Exception {
    RawPredicate chain = RawPredicate.FALSE;
    for (int i = 0; i < 5000; i++) {
      chain = new Or(chain, new IntegerCompare(NM, Operator.EQUAL, i));
    }
    RecordFilter filter = RawPredicates.compile(copy(chain)).get();
    assertTrue(filter.accepts(slice(new RecordBytes().integer("NM", 'i', 4999)), 0));
    assertFalse(filter.accepts(slice(new RecordBytes().integer("NM", 'i', 5000)), 0));
  }

  @Test
  void manyPositionsInOneOrAreAllEvaluated() throws Exception {
    List<RawPredicate> places =
        IntStream.range(0, 60)
            .<RawPredicate>mapToObj(
                i ->
                    new And(
                        new TextCompare(RNAME, Operator.EQUAL, "r" + i % 20),
                        new IntegerCompare(FLAG, Operator.EQUAL, i)))
            .toList();
    List<RawPredicate> unplaced =
        List.of(new And(new IsNull(RNAME), new IntegerCompare(FLAG, Operator.EQUAL, 61)));
    List<RawPredicate> anywhere = List.of(new IntegerCompare(FLAG, Operator.EQUAL, 62));
    List<RawPredicate> all = Stream.of(places, unplaced, anywhere).flatMap(List::stream).toList();
    RecordFilter filter = RawPredicates.compile(new Or(all)).get();
    String[] names = IntStream.range(0, 21).mapToObj(i -> "r" + i).toArray(String[]::new);
    for (int id = -1; id < names.length; id++) {
      for (int flag = 0; flag < 64; flag++) {
        byte[] record = new RecordBytes().flag(flag).record();
        LittleEndian.int32(record, RecordLayout.REF_ID, id);
        boolean wanted =
            flag == 62 || (id < 0 ? flag == 61 : id < 20 && flag < 60 && flag % 20 == id);
        assertEquals(wanted, filter.accepts(slice(record, names), 0), id + " " + flag);
      }
    }
  }

  @Test
  void fieldsAreFoundByTheColumnsName() {
    assertEquals(new RawField(Column.POS, true, null), RawField.named("pos", true));
    assertNull(RawField.named("seq", false));
    assertNull(RawField.named("tag", false));
    assertNull(RawField.named("named", false));
    for (Column column : Column.values()) {
      if (column != Column.TAG && column != Column.NAMED) {
        assertEquals(column, RawField.named(RawField.of(column).toString(), false).column());
      }
    }
  }

  @Test
  void columnsThatNoRecordHasAreRefused() {
    for (RawField.Kind kind : RawField.Kind.values()) {
      RawPredicate predicate = new RawPredicate.IsNull(RawField.ofBatches("price", null, kind));
      assertThrows(IllegalArgumentException.class, () -> RawPredicates.compile(predicate).get());
    }
  }

  private static RecordBytes named(String name) {
    return new RecordBytes().name(name);
  }

  private static ArraySlice slice(RecordBytes record) {
    return slice(record.record());
  }

  private static ArraySlice slice(byte[] record) {
    return slice(record, "r");
  }

  private static ArraySlice slice(byte[] record, String... references) {
    List<Reference> list =
        List.of(references).stream().map(name -> new Reference(name, 9)).toList();
    return new ArraySlice(record, new int[] {0}, new BamHeader(new byte[0], list, 0));
  }

  private static RawPredicate copy(RawPredicate predicate) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(predicate);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (RawPredicate) in.readObject();
    }
  }
}
