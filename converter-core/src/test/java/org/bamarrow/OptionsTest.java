package org.bamarrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagProjection;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the option records promise by themselves. */
class OptionsTest {
  private static final List<TagType> TWINS =
      List.of(TagType.parse("XS:i"), TagType.parse("ML:B:C"), TagType.parse("xs:Z"));

  @Test
  void allOptionsAreSerializable() throws Exception {
    Set<String> names = new HashSet<>(Set.of("a", "b\u00fc"));
    RowOptions rows =
        RowOptions.defaults()
            .withRequireFlags(1)
            .withExcludeFlags(2)
            .withExcludeAllFlags(3)
            .withMinMapq(4)
            .withReadGroups(names)
            .withTag("RG")
            .withTagValues(ByteStringSet.of(names))
            .withNames(names)
            .withFraction(0.5)
            .withSeed(7)
            .withLimit(9);
    TagOptions tags =
        TagOptions.defaults()
            .withListed(TWINS)
            .withOther(OtherTags.ALL)
            .withFailOnMismatch(true)
            .withFailOnDuplicate(true)
            .withProjection(new TagProjection(List.of("xs"), true, false));
    ConvertOptions options = ConvertOptions.defaults().withRows(rows).withTags(tags);
    ConvertOptions sent = send(options);
    assertEquals(options, sent);
    assertTrue(sent.rows().tagValues().contains("b\u00fc"));
    assertEquals(ConvertOptions.defaults().tags(), send(ConvertOptions.defaults()).tags());
  }

  private static ConvertOptions send(ConvertOptions options) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(options);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ConvertOptions) in.readObject();
    }
  }

  @Test
  void rowOptionsCopyTheSetOfNames() {
    Set<String> names = new HashSet<>(Set.of("a"));
    RowOptions rows = RowOptions.defaults().withNames(names);
    names.clear();
    assertEquals(Set.of("a"), rows.names());
  }

  @Test
  void tagsThatDifferOnlyInCaseMayBeListedOnlyWhereCaseCounts() {
    TagOptions options = TagOptions.defaults().withListed(TWINS);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> options.withCaseInsensitive(true));
    assertEquals(
        "the tags XS and xs differ only in case, and names are case-insensitive;"
            + " list one of them, the other goes to other_tags",
        error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(
      value = TagsMode.class,
      names = {"AUTO", "SCAN"})
  void ofDiscoveredTagsThatDifferOnlyInCaseTheRarerIsNotTyped(TagsMode mode) throws IOException {
    BamBytes bam = new BamBytes().add(new RecordBytes().integer("xs", 'C', 1).text("NM", "n"));
    bam.add(new RecordBytes().integer("XS", 'C', 1)).add(new RecordBytes().text("XS", "x"));
    byte[] file = new BgzfBytes(1).blocks(bam.bytes(), () -> 60_000).end().bytes();
    TagOptions tags = TagOptions.defaults().withMode(mode);
    for (boolean caseInsensitive : new boolean[] {false, true}) {
      ConvertOptions options =
          ConvertOptions.defaults().withTags(tags.withCaseInsensitive(caseInsensitive));
      try (Conversion conversion =
          new Conversion(List.of(new BytesSource("x.bam", file)), options)) {
        assertEquals(caseInsensitive ? "[xs:i]" : "[]", conversion.caseVariants().toString());
        assertEquals(
            caseInsensitive ? "[NM:Z, XS:i]" : "[xs:i, NM:Z, XS:i]",
            conversion.columns().tagTypes().toString());
      }
    }
  }
}
