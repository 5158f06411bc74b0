package org.bamarrow.internal.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.BamArrowReader;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSources;
import org.junit.jupiter.api.Test;

/** XS as bowtie2 and featureCounts write it, into one record: an integer and a text. */
class TagOfTwoTypesTest {
  private static final Path BAM =
      Path.of(System.getProperty("bamarrow.shared", "../../shared"))
          .resolve("cases/20-same-tag-two-types-in-one-record/in.bam");

  @Test
  void theTypedFieldTakesTheFirstValueOfItsType() throws IOException {
    assertEquals(
        Arrays.asList(null, "Assigned", "Unassigned_NoFeatures", "Assigned", "Assigned", null),
        column("XS:Z", OtherTags.OVERFLOW, false, false));
    assertEquals(
        Arrays.asList(-10L, -10L, null, null, 300L, null),
        column("XS:i", OtherTags.OVERFLOW, false, false));
    assertEquals(
        Arrays.asList(null, null, null, null, null, "+"),
        column("XS:A", OtherTags.OVERFLOW, false, false));
  }

  @Test
  void aTypeMismatchFailsIfRequestedAtAnyPosition() {
    for (String type : List.of("XS:Z", "XS:i", "XS:A")) {
      assertThrows(
          BamFormatException.class, () -> column(type, OtherTags.OVERFLOW, true, false), type);
      assertThrows(
          BamFormatException.class, () -> column(type, OtherTags.OVERFLOW, false, true), type);
      assertThrows(BamFormatException.class, () -> column(type, OtherTags.NONE, false, false));
    }
  }

  private static List<Object> column(
      String type, OtherTags other, boolean failOnMismatch, boolean failOnDuplicate)
      throws IOException {
    assumeTrue(Files.exists(BAM), "no such case: " + BAM);
    TagType tag = TagType.parse(type);
    ConvertOptions options =
        ConvertOptions.defaults()
            .withTags(
                TagOptions.defaults()
                    .withListed(List.of(tag))
                    .withOther(other)
                    .withFailOnMismatch(failOnMismatch)
                    .withFailOnDuplicate(failOnDuplicate));
    List<Object> values = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        BamArrowReader reader =
            new BamArrowReader(ByteSources.openAll(List.of(BAM.toString())), options, allocator)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          Object value = ((Map<?, ?>) root.getVector("tags").getObject(row)).get(tag.tag());
          values.add(value == null || value instanceof Long ? value : value.toString());
        }
      }
    }
    return values;
  }
}
