package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many of many conditions are evaluated for a record. */
class IndexedOrTest {
  private static final int RECORDS = 500;
  private static final int TERMS = 10_000;
  private static final RawField RNAME = RawField.of(Column.RNAME);
  private static final RawField POS = RawField.of(Column.POS);
  private static final RawField END = RawField.of(Column.END);

  @TempDir Path folder;
  private ArraySlice slice;
  private String reference;
  private long asked;

  @BeforeEach
  void records() throws Exception {
    Path bam = folder.resolve("short.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, RECORDS, 1));
    slice = DecodedBam.slice(bam);
    reference = slice.header().references().get(0).name();
    for (int row = 0; row < RECORDS; row++) { // on one reference, a base each, 1,000 apart
      slice.data()[slice.start(row) + RecordLayout.FLAG] |= 4;
      LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.REF_ID, 0);
      LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.POS, 1000 * row);
    }
  }

  @Test
  void onlyTermsThatARecordOverlapsAreEvaluated() throws Exception {
    long accepted = accepted(i -> overlap(1000 * i + 1, 1000 * i + 10));
    assertEquals(RECORDS, accepted);
    assertEquals(RECORDS, asked, "one each");
  }

  @Test
  void betweenTermsNothingIsEvaluated() throws Exception {
    assertEquals(0, accepted(i -> overlap(1000 * i + 700, 1000 * i + 800)));
    assertEquals(0, asked);
  }

  @Test
  void aTermThatSpansAllDoesNotEvaluateTheOthers() throws Exception {
    RawPredicate never = new IntegerCompare(RawField.of(Column.FLAG), 0, Operator.EQUAL, 1L);
    accepted(
        i ->
            i % 1000 == 0
                ? new And(overlap(1, 1_000_000_000), never)
                : overlap(1000 * i + 700, 1000 * i + 800));
    assertEquals(RECORDS * TERMS / 1000, asked);
  }

  @Test
  void termsOnOtherReferencesAreNotEvaluated() throws Exception {
    RawPredicate elsewhere = new TextCompare(RNAME, Operator.EQUAL, "elsewhere");
    assertEquals(0, accepted(i -> i % 2 == 0 ? elsewhere : new IsNull(RNAME)));
    assertEquals(0, asked);
  }

  @Test
  void aTermOfManyIntervalsIsEvaluatedOnlyInsideThem() throws Exception {
    accepted(i -> new And(overlap(1, 1_000_000_000), scattered(700 + i % 200, 999_000_000)));
    assertEquals(0, asked);
  }

  @Test
  void anUnplacedRecordEvaluatesTermsOnUnplacedRecords() throws Exception {
    LittleEndian.int32(slice.data(), slice.start(7) + RecordLayout.REF_ID, -1);
    long accepted = accepted(i -> i == 0 ? new IsNull(RNAME) : overlap(500_000 + i, 600_000));
    assertEquals(1, accepted);
    assertEquals(1, asked);
  }

  private RawPredicate overlap(int first, int last) {
    return new And(
        new TextCompare(RNAME, Operator.EQUAL, reference),
        new IntegerCompare(POS, Operator.LESS_OR_EQUAL, last),
        new IntegerCompare(END, Operator.GREATER_OR_EQUAL, first));
  }

  private static RawPredicate scattered(long... positions) {
    return new RawPredicate.IntegerIn(POS, positions);
  }

  private long accepted(IntFunction<RawPredicate> term) throws Exception {
    List<RawPredicate> predicates = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    PredicateCompiler compiler = new PredicateCompiler(new RecordTags(), false);
    for (int i = 0; i < TERMS; i++) {
      predicates.add(term.apply(i));
      nodes.add(new Counted(compiler.compile(predicates.get(i))));
    }
    Node any = new IndexedOr(predicates, nodes);
    long accepted = 0;
    for (int row = 0; row < slice.count(); row++) {
      accepted += any.accepts(slice, row) ? 1 : 0;
    }
    return accepted;
  }

  private final class Counted extends Node {
    private final Node node;

    Counted(Node node) {
      this.node = node;
    }

    @Override
    int evaluate(RecordSlice of, int row) throws BamFormatException {
      asked++;
      return node.evaluate(of, row);
    }

    @Override
    int cost() {
      return node.cost();
    }
  }
}
