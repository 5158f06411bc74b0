package org.bamarrow.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.bamarrow.verify.ArrowToSam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadBatchesTest {
  @TempDir private Path folder;

  @Test
  void countsReadsAndSumsMapqAsTheSamLinesDo() throws Exception {
    Path bam = folder.resolve("in.bam");
    Path arrow = folder.resolve("out.arrow");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 30_000, 5));
    BamToArrow.convert(List.of(bam.toString()), arrow.toString(), ConvertOptions.defaults());
    ByteArrayOutputStream sam = new ByteArrayOutputStream();
    ArrowToSam.write(arrow, sam, ArrowToSam.Parts.RECORDS);
    Map<String, long[]> expected = new TreeMap<>();
    for (String line : sam.toString(StandardCharsets.UTF_8).split("\n")) {
      String[] fields = line.split("\t");
      long[] sums = expected.computeIfAbsent(fields[2], name -> new long[3]);
      boolean available = !fields[4].equals("255");
      sums[0]++;
      sums[1] += available ? 1 : 0;
      sums[2] += available ? Long.parseLong(fields[4]) : 0;
    }
    Map<String, ReadBatches.Sums> found = ReadBatches.byReference(List.of(bam.toString()));
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, sums) -> {
          ReadBatches.Sums of = found.get(name);
          assertEquals(List.of(sums[0], sums[1], sums[2]), List.of(of.reads, of.withMapq, of.mapq));
        });
  }
}
