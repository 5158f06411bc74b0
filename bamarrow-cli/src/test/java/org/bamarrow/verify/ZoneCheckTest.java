package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bamarrow.internal.ipc.OtherFooter;
import org.bamarrow.internal.ipc.ZoneFiles;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.verify.VerifyResult.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zone map that contradicts the rows is a difference. */
class ZoneCheckTest {
  @TempDir Path folder;
  private ZoneFiles file;

  @BeforeEach
  void convert() throws IOException {
    file = ZoneFiles.sorted(folder, 2_000, 100);
  }

  private VerifyResult verify(UnaryOperator<Zone> change) throws IOException {
    Path changed = folder.resolve("changed.arrow");
    Files.write(changed, OtherFooter.bytes(file.file(), change));
    return Verifier.verify(List.of(folder.resolve("sorted.bam").toString()), changed, line -> {});
  }

  private void assertDifferent(String what, UnaryOperator<Zone> change) throws IOException {
    VerifyResult result = verify(change);
    assertEquals(Outcome.DIFFERENT, result.outcome());
    assertTrue(result.message().contains("(zone map, row 0, " + what), result.message());
  }

  private static Zone with(Zone zone, List<ColumnZone> columns) {
    return new Zone(
        zone.batches(),
        zone.rows(),
        zone.bytes(),
        zone.voffsets(),
        columns,
        zone.flags(),
        zone.references(),
        zone.sorted());
  }

  /** With another zone of the column {@code mapq}. */
  private UnaryOperator<Zone> mapq(UnaryOperator<ColumnZone> change) {
    int index = file.columns().indexOf("mapq", null);
    return zone -> {
      List<ColumnZone> columns = new ArrayList<>(zone.columns());
      columns.set(index, change.apply(columns.get(index)));
      return with(zone, columns);
    };
  }

  @Test
  void zonesAsWrittenAreEqual() throws IOException {
    VerifyResult result = verify(zone -> zone);
    assertEquals(Outcome.EQUAL, result.outcome(), result.message());
  }

  @Test
  void whatIsNotKnownIsNoContradiction() throws IOException {
    assertEquals(
        Outcome.EQUAL, verify(mapq(column -> new ColumnZone(ColumnZone.UNKNOWN, null))).outcome());
  }

  @Test
  void narrowerAndWiderBoundsAreADifference() throws IOException {
    assertDifferent("mapq", mapq(column -> new ColumnZone(column.nulls(), new Numbers(-5, 1000))));
    assertDifferent("mapq", mapq(column -> new ColumnZone(column.nulls(), new Numbers(59, 60))));
  }

  @Test
  void anotherNumberOfNullsIsADifference() throws IOException {
    assertDifferent(
        "mapq.nulls", mapq(column -> new ColumnZone(column.nulls() + 1, column.bounds())));
  }

  @Test
  void anotherNumberOfRowsIsADifference() throws IOException {
    assertDifferent(
        "rows",
        zone ->
            new Zone(
                zone.batches(),
                zone.rows() + 1,
                zone.bytes(),
                zone.voffsets(),
                zone.columns(),
                zone.flags(),
                zone.references(),
                zone.sorted()));
  }

  @Test
  void otherBitsOfFlagAreADifference() throws IOException {
    assertDifferent(
        "flag.or",
        zone ->
            new Zone(
                zone.batches(),
                zone.rows(),
                zone.bytes(),
                zone.voffsets(),
                zone.columns(),
                new Zone.Flags(zone.flags().and(), 0x4000),
                zone.references(),
                zone.sorted()));
  }

  @Test
  void otherReferencesAreADifference() throws IOException {
    byte[] name = "chrX".getBytes(StandardCharsets.UTF_8);
    assertDifferent(
        "references",
        zone ->
            new Zone(
                zone.batches(),
                zone.rows(),
                zone.bytes(),
                zone.voffsets(),
                zone.columns(),
                zone.flags(),
                List.of(new ReferenceZone(name, 1, 5, 6, 7)),
                zone.sorted()));
  }
}
