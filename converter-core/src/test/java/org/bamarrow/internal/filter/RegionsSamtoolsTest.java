package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.Samtools;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions keep the records that {@code samtools view} prints for the same words. */
class RegionsSamtoolsTest {
  @TempDir Path folder;

  private int asked;
  private int kept;

  @Test
  void regionsKeepWhatSamtoolsPrints() throws Exception {
    Random random = new Random(41);
    for (Path file : indexed()) {
      ArraySlice slice = DecodedBam.slice(file);
      List<String> regions = regions(slice, random);
      for (String region : regions) {
        compare(file, slice, RegionParser.parse(List.of(region), references(slice)), region);
      }
      // samtools 1.16 -M drops regions in braces without a word and takes NAME:-END for NAME
      regions.removeIf(region -> region.contains(":-"));
      regions.replaceAll(region -> region.replaceAll("[{}]", ""));
      if (regions.size() > 1) { // * alone is an error to it
        compare(
            file, slice, RegionParser.parse(regions, references(slice)), options("-M", regions));
      }
    }
    assertTrue(kept > 1000, asked + " questions kept " + kept);
    System.out.printf("%d regions keep the %d records that samtools prints%n", asked, kept);
  }

  @Test
  void bedFilesKeepWhatSamtoolsPrints() throws Exception {
    Random random = new Random(42);
    List<Path> files = new ArrayList<>(FilterFiles.corpus());
    files.addAll(indexed());
    for (Path file : files) {
      ArraySlice slice = DecodedBam.slice(file);
      StringBuilder lines = new StringBuilder("# a comment\nnowhere\t1\t5\n");
      for (int i = 0; i < 5 && slice.count() > 0; i++) {
        int start = slice.start(random.nextInt(slice.count()));
        int reference = LittleEndian.int32(slice.data(), start + RecordLayout.REF_ID);
        int position = LittleEndian.int32(slice.data(), start + RecordLayout.POS);
        if (reference >= 0 && position >= 0) {
          int first = Math.max(1, position - 20 + random.nextInt(40));
          lines.append(references(slice).get(reference).name()).append('\t').append(first);
          lines.append(i % 2 == 0 ? "" : "\t" + (first + 1 + random.nextInt(50))).append('\n');
        }
      }
      Path bed = Files.writeString(folder.resolve("x.bed"), lines);
      if (references(slice).stream().noneMatch(reference -> reference.name().contains(" "))) {
        compare(file, slice, Regions.readBed(bed), "-L", bed.toString());
      }
    }
    assertTrue(kept > 20, asked + " questions kept " + kept);
  }

  /** Copies of the corpus's files that samtools can index, and a synthetic one. */
  private List<Path> indexed() throws Exception {
    List<Path> files = new ArrayList<>();
    Path sorted = folder.resolve("short.bam");
    SynthBam.write(sorted, SynthOptions.of(SynthProfile.SHORT, 2000, 8));
    Samtools.run("index", sorted.toString());
    files.add(sorted);
    for (Path file : FilterFiles.corpus()) {
      Path copy = folder.resolve(files.size() + ".bam");
      if (Files.exists(Path.of(file + ".bai"))) {
        Files.deleteIfExists(copy);
        Files.copy(file, copy);
        try {
          Samtools.run("index", copy.toString());
          files.add(copy);
        } catch (IOException notSorted) {
          System.out.println("samtools does not index " + file);
        }
      }
    }
    return files;
  }

  private static List<String> regions(ArraySlice slice, Random random) {
    List<String> regions = new ArrayList<>(List.of("*"));
    for (int i = 0; i < 6 && slice.count() > 0; i++) {
      int start = slice.start(random.nextInt(slice.count()));
      int reference = LittleEndian.int32(slice.data(), start + RecordLayout.REF_ID);
      if (reference >= 0) {
        String name = "{" + references(slice).get(reference).name() + "}";
        int position = LittleEndian.int32(slice.data(), start + RecordLayout.POS) + 1;
        int first = Math.max(1, position + random.nextInt(60) - 30);
        switch (i) {
          case 0 -> regions.add(name);
          case 1 -> regions.add(name + ":" + first);
          case 2 -> regions.add(name + ":-" + first);
          case 3 -> regions.add(String.format("%s:%,d-%,d", name, first, first + 1000));
          default -> regions.add(name + ":" + first + "-" + (first + random.nextInt(40)));
        }
      }
    }
    return regions;
  }

  private static List<Reference> references(ArraySlice slice) {
    return slice.header().references();
  }

  private static String[] options(String option, List<String> regions) {
    List<String> all = new ArrayList<>(List.of(option));
    all.addAll(regions);
    return all.toArray(String[]::new);
  }

  private void compare(Path file, ArraySlice slice, Regions regions, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("view"));
    List<String> options = Arrays.asList(words);
    boolean bed = words[0].equals("-L");
    command.addAll(bed ? options : words[0].equals("-M") ? List.of("-M") : List.of());
    command.add(file.toString());
    command.addAll(
        bed ? List.of() : words[0].equals("-M") ? options.subList(1, words.length) : options);
    byte[] sam = Samtools.run(command.toArray(String[]::new));
    List<String> expected =
        new String(sam, StandardCharsets.ISO_8859_1)
            .lines()
            .map(line -> line.split("\t", 5))
            .map(columns -> columns[0] + "\t" + columns[1] + "\t" + columns[3])
            .sorted() // -M has an order of its own
            .toList();
    List<String> rows = new ArrayList<>();
    RecordFilter filter = RegionFilter.sharing(regions).get();
    for (int row = 0; row < slice.count(); row++) {
      if (filter.accepts(slice, row)) {
        rows.add(row(slice, row));
      }
    }
    Collections.sort(rows);
    assertEquals(expected, rows, () -> file + " " + options);
    asked++;
    kept += rows.size();
  }

  private static String row(ArraySlice slice, int row) {
    byte[] data = slice.data();
    int start = slice.start(row);
    int length = LittleEndian.uint8(data, start + RecordLayout.L_READ_NAME) - 1;
    String name =
        new String(data, start + RecordLayout.READ_NAME, length, StandardCharsets.ISO_8859_1);
    int flag = LittleEndian.uint16(data, start + RecordLayout.FLAG);
    return name + "\t" + flag + "\t" + (LittleEndian.int32(data, start + RecordLayout.POS) + 1);
  }
}
