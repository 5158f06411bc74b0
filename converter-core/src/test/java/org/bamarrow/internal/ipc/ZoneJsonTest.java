package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ColumnZone.Texts;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneJsonTest {
  private static final long ROWS = 10;
  private static final ZoneColumns COLUMNS =
      ZoneColumns.of(
          List.of(
              Field.nullable("rname", ArrowType.Utf8.INSTANCE),
              Field.nullable("pos", new ArrowType.Int(32, true)),
              Field.nullable("score", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE))),
          true);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Zone zone(
      List<ReferenceZone> references, ColumnZone rname, ColumnZone pos, ColumnZone score) {
    return new Zone(3, ROWS, 0, null, List.of(rname, pos, score), null, references, false);
  }

  private static Zone read(String json) throws IOException {
    return ZoneJsonReader.read(json, COLUMNS, ROWS);
  }

  private static Zone written(Zone zone) throws IOException {
    return read(ZoneJson.write(COLUMNS, zone));
  }

  private static Zone withScores(double min, double max) {
    Numbers bounds = new Numbers(ColumnZone.ofDouble(min), ColumnZone.ofDouble(max));
    ColumnZone score = new ColumnZone(0, bounds);
    return zone(null, ColumnZone.NOTHING, ColumnZone.NOTHING, score);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<ReferenceZone> references =
        List.of(
            new ReferenceZone(utf8("gr\u00fcn\0\""), 6, -1, 7, 9),
            new ReferenceZone(
                utf8(""), 2, ReferenceZone.UNKNOWN, ReferenceZone.UNKNOWN, ReferenceZone.UNKNOWN));
    ColumnZone rname = new ColumnZone(2, new Texts(utf8(""), utf8("gr\u00fcn\0\"")));
    ColumnZone pos = new ColumnZone(1, new Numbers(Integer.MIN_VALUE, Integer.MAX_VALUE));
    Zone zone = zone(references, rname, pos, withScores(-1e-300, 0.1f).columns().get(2));
    Zone read = written(zone);
    assertEquals(zone.references().toString(), read.references().toString());
    assertEquals(zone.columns().subList(1, 3), read.columns().subList(1, 3));
    Texts texts = (Texts) read.columns().get(0).bounds();
    assertEquals("gr\u00fcn\0\"", new String(texts.max(), StandardCharsets.UTF_8));
    assertEquals(3, read.batches());
    assertEquals(ROWS, read.rows());
  }

  @Test
  void numbersThatJsonLacksHaveNoBounds() throws IOException {
    for (Zone zone : List.of(withScores(0, Double.NaN), withScores(Double.NEGATIVE_INFINITY, 1))) {
      assertEquals(new ColumnZone(0, null), written(zone).columns().get(2));
    }
  }

  @Test
  void textThatIsNotUtf8IsNotChangedButLeftOut() throws IOException {
    byte[] bad = {'a', (byte) 0xff};
    ColumnZone rname = new ColumnZone(0, new Texts(utf8("a"), bad));
    List<ReferenceZone> references = List.of(new ReferenceZone(bad, ROWS, 1, 2, 3));
    Zone read = written(zone(references, rname, ColumnZone.NOTHING, ColumnZone.NOTHING));
    assertEquals(new ColumnZone(0, null), read.columns().get(0));
    assertNull(read.references());
  }

  @Test
  void longReferenceNamesAreNotListed() throws IOException {
    List<ReferenceZone> references =
        List.of(new ReferenceZone(utf8("x".repeat(ZoneJson.MAX_NAME_BYTES + 1)), ROWS, 1, 2, 3));
    Zone zone = zone(references, ColumnZone.NOTHING, ColumnZone.NOTHING, ColumnZone.NOTHING);
    assertNull(written(zone).references());
  }

  @Test
  void onlyTheFirstColumnsOfManyAreTold() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      fields.add(Field.nullable("c" + i, ArrowType.Utf8.INSTANCE));
    }
    ZoneColumns columns = ZoneColumns.of(fields, true);
    byte[] text = utf8("\0".repeat(64));
    List<ColumnZone> zones = Collections.nCopies(1_000, new ColumnZone(1, new Texts(text, text)));
    String json = ZoneJson.write(columns, new Zone(1, ROWS, 0, null, zones, null, null, false));
    assertTrue(json.length() < 1 << 18, json.length() + " characters");
    Zone read = ZoneJsonReader.read(json, columns, ROWS);
    assertEquals(1, read.columns().get(ZoneJson.MAX_COLUMNS - 1).nulls());
    assertEquals(ColumnZone.NOTHING, read.columns().get(ZoneJson.MAX_COLUMNS));
  }

  @Test
  void nothingIsWrittenWithoutBatchesOrIfOneIsNotKnown() throws IOException {
    ZoneMap map = new ZoneMap(COLUMNS);
    assertNull(ZoneJson.write(map));
    map.add(withScores(0, 1));
    assertEquals(3, read(ZoneJson.write(map)).batches());
    map.addUnknown();
    assertNull(ZoneJson.write(map));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "null",
        "{}",
        "{'batches':true}",
        "{'batches':99999999999}",
        "{'batches':-1}",
        "{'batches':1,'statistics':{'pos':{'nulls':-1}}}",
        "{'batches':1,'statistics':{'pos':{'nulls':11}}}",
        "{'batches':1,'statistics':{'pos':{'nulls':0,'min':2,'max':1}}}",
        "{'batches':1,'statistics':{'score':{'nulls':0,'min':2.5,'max':1}}}",
        "{'batches':1,'references':[5]}",
        "{'batches':1,'references':[{'rname':5,'rows':1}]}",
        "{'batches':1,'references':[{'rname':'x'}]}",
        "{'batches':1,'references':[{'rname':'x','rows':11}]}",
        "{'batches':1,'references':[{'rname':'x','rows':1.5}]}",
        "{'batches':1,'references':[{'rname':'x','rows':1,'pos_min':2,'pos_max':1}]}",
        "{'batches':1,'references':[{'rname':'x','rows':1,'end_max':1e300}]}",
        "{'batches':1,'statistics':{'rname':{'nulls':3}},'references':[{'rname':'x','rows':6}]}",
      })
  void whatContradictsItselfIsNotValid(String json) {
    assertThrows(IOException.class, () -> read(json.replace('\'', '"')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'batches':1,'statistics':5}",
        "{'batches':1,'statistics':{'pos':7},'references':'x','sorted':'yes'}",
        "{'batches':1,'statistics':{'pos':{'nulls':'0','min':0,'max':1}}}",
        "{'batches':1,'statistics':{'pos':{'nulls':1e9,'min':0,'max':1}}}",
        "{'batches':1,'more':[1]}",
      })
  void statisticsOfAnotherTypeAreNotKnown(String json) throws IOException {
    Zone read = read(json.replace('\'', '"'));
    assertEquals(ColumnZone.NOTHING, read.columns().get(1));
    assertNull(read.references());
    assertFalse(read.sorted());
  }

  @Test
  void boundsOfAnotherTypeAreNotKnown() throws IOException {
    for (String max : List.of("\"1\"", "1.5", "1e300", "99999999999999999999", "null")) {
      String json =
          "{\"batches\":1,\"statistics\":{\"pos\":{\"nulls\":0,\"min\":0,\"max\":" + max + "}}}";
      assertEquals(new ColumnZone(0, null), read(json).columns().get(1), max);
    }
  }

  @Test
  void moreThanAnyWriterWritesIsNotParsed() {
    String json = "{\"batches\":1" + " ".repeat(1 << 20) + "}";
    IOException error = assertThrows(IOException.class, () -> read(json));
    assertTrue(error.getMessage().startsWith("it has 1048"), error.getMessage());
    String references =
        "{\"batches\":1,\"references\":[" + "{},".repeat(Zone.MAX_REFERENCES) + "{}]}";
    assertEquals(
        "65 references", assertThrows(IOException.class, () -> read(references)).getMessage());
  }
}
