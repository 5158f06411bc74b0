package org.bamarrow.internal.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.ZoneFiles;
import org.bamarrow.internal.ipc.ZoneJsonReader;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartSize;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What manifests tell of the rows of parts. */
class PartZonesTest {
  @TempDir private Path folder;
  private int count;

  private Manifest convert(SynthOptions synth, ConvertOptions options, int parts)
      throws IOException {
    Path bam = folder.resolve(count + ".bam");
    SynthBam.write(bam, synth);
    LocalPartStore store = new LocalPartStore(folder.resolve("parts" + count).toString(), false);
    BamToParts.convert(
        List.of(bam.toString()), store, options, PartSize.count(parts), Progress.NONE);
    return Manifest.read(store);
  }

  @Test
  void totalsOfRandomPartsAreThoseOfTheirRows() throws IOException {
    Random random = new Random(22);
    ObjectMapper json = new ObjectMapper();
    SynthProfile[] profiles = SynthProfile.values();
    int told = 0;
    for (count = 0; count < 12; count++) {
      SynthProfile profile = profiles[count % profiles.length];
      int records = 1 + random.nextInt(profile == SynthProfile.ULTRALONG ? 10 : 1_500);
      SynthOptions synth =
          SynthOptions.of(profile, records, random.nextLong()).withSorted(random.nextBoolean());
      Coordinates coordinates = Coordinates.values()[random.nextInt(2)];
      ConvertOptions options =
          ZoneFiles.options(1 + random.nextInt(400))
              .withColumns(ColumnOptions.defaults().withCoordinates(coordinates));
      int parts = profile == SynthProfile.ULTRALONG ? 1 : 1 + random.nextInt(4); // few can be split
      Manifest manifest = convert(synth, options, parts);
      for (Part part : manifest.parts()) {
        if (part.rows() == 0) {
          assertNull(part.zone());
          continue;
        }
        ObjectNode found = (ObjectNode) json.readTree(part.zone());
        boolean sorted = found.remove("sorted").asBoolean();
        assertTrue(sorted || !synth.sorted() || !found.has("references"), () -> "" + synth);
        Path file = folder.resolve("parts" + count).resolve(part.name());
        ObjectNode expected = (ObjectNode) RowTotals.of(file, false);
        if (!found.has("references")) {
          expected.remove("references");
        } else {
          told++;
        }
        assertEquals(expected, found, () -> "" + synth);
      }
    }
    assertTrue(told > 5, told + " parts with references");
  }

  @Test
  void totalsAreReadAsTheyWereWritten() throws IOException {
    SynthOptions synth = SynthOptions.of(SynthProfile.SHORT, 3_000, 4);
    Manifest manifest = convert(synth, ZoneFiles.options(100), 3);
    ZoneColumns columns = ZoneColumns.of(manifest.arrowSchema().getFields(), true);
    for (Part part : manifest.parts()) {
      Path file = folder.resolve("parts0").resolve(part.name());
      Zone merged = ZoneFiles.read(file).merged(Integer.MAX_VALUE / 2).get(0);
      Zone read = ZoneJsonReader.read(part.zone(), columns, part.rows());
      assertEquals(merged.columns(), read.columns());
      assertEquals(merged.flags(), read.flags());
      assertEquals(merged.references().toString(), read.references().toString());
      assertEquals(merged.batches(), read.batches());
      assertTrue(merged.sorted() && read.sorted());
      assertFalse(read.references().isEmpty());
    }
  }
}
