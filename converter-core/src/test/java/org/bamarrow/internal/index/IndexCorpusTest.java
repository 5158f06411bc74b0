package org.bamarrow.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bam.RecordFinder.Proof;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The indexes of the corpus beside the records of their files, as a walk from the header finds
 * them.
 */
class IndexCorpusTest {
  private final Path corpus =
      Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
  private final BlockInflater inflater = Inflaters.choose(Inflater.AUTO).open();

  private record Place(long offset, int id, int pos) {}

  @Test
  void anAcceptedIndexFindsEveryRecordOfEachReference() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(corpus), "no corpus at " + corpus);
    Map<String, String> refused = new TreeMap<>();
    int trusted = 0;
    for (Path file : indexes()) {
      Path bam = bam(file);
      if (bam == null) {
        continue;
      }
      try (BamInput input = open(bam)) {
        BamIndex index = BamIndex.read(source(file), inflater, input.header().references().size());
        new IndexCheck(index, input, inflater, 1 << 28).check();
        compare(index, places(input));
        trusted++;
      } catch (UnusableIndexException e) {
        refused.put(corpus.relativize(file).toString(), e.reason());
      }
    }
    System.out.printf(
        "%d indexes trusted, refused: %s%n",
        trusted, String.join("\n", refused.entrySet().stream().map(Object::toString).toList()));
    assertTrue(trusted > 40, trusted + " indexes");
    // One belongs to another file, one has trailing bytes; no valid one is rejected.
    assertEquals(
        Set.of("fixtures__sample.bam.bai", "test__data__bins.bam.bai"),
        refused.keySet().stream()
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .collect(Collectors.toSet()));
  }

  private static void compare(BamIndex index, List<Place> places) {
    List<Long> starts = places.stream().map(Place::offset).toList();
    for (long offset : index.offsets()) {
      assertTrue(starts.contains(offset), index.name() + ": " + offset);
    }
    if (index instanceof BinningIndex bins) {
      for (Place place : places) {
        if (place.id >= 0) {
          IndexChunk whole = bins.wholeReference(place.id);
          assertTrue(
              whole.start() <= place.offset && place.offset < whole.end(),
              index.name() + ": " + place);
        } else {
          assertTrue(place.offset >= bins.unplacedStart(), index.name() + ": " + place);
        }
      }
      for (int id = 0; id < bins.references(); id++) {
        if (bins.mappedCount(id) != BinningIndex.UNKNOWN) {
          int reference = id;
          long count = places.stream().filter(place -> place.id == reference).count();
          assertEquals(count, bins.mappedCount(id) + bins.unmappedCount(id), index.name());
        }
      }
    }
  }

  private List<Place> places(BamInput input) throws IOException {
    RecordFinder finder =
        new RecordFinder(input.source(), input.header(), inflater, 1 << 28, Proof.QUICK);
    List<Place> places = new ArrayList<>();
    finder.goTo(input.header().firstRecord());
    while (finder.next()) {
      int id = LittleEndian.int32(finder.data(), finder.start() + RecordLayout.REF_ID);
      int pos = LittleEndian.int32(finder.data(), finder.start() + RecordLayout.POS);
      places.add(new Place(finder.virtualOffset(), id, pos));
    }
    assertTrue(finder.atEnd());
    return places;
  }

  private BamInput open(Path bam) throws IOException {
    return BamInput.open(source(bam), 0, inflater);
  }

  private static BytesSource source(Path file) throws IOException {
    return new BytesSource(file.toString(), Files.readAllBytes(file));
  }

  private static Path bam(Path index) {
    String name = index.toString().replaceFirst("\\.(bai|csi|sbi)$", "");
    for (String bam : List.of(name, name + ".bam")) {
      if (bam.endsWith(".bam") && Files.exists(Path.of(bam))) {
        return Path.of(bam);
      }
    }
    return null;
  }

  private List<Path> indexes() throws IOException {
    try (Stream<Path> files = Files.walk(corpus)) {
      return files.filter(file -> file.toString().matches(".*\\.(bai|csi|sbi)")).sorted().toList();
    }
  }
}
