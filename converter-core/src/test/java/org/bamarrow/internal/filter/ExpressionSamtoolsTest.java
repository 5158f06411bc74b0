package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.Samtools;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random filter expressions keep the records that {@code samtools view -e} prints. */
class ExpressionSamtoolsTest {
  private static final int EXPRESSIONS = 300;

  /** True for every record; with the variables of the newest release. */
  private static final String NEEDED = "hclen + sclen >= 0 || default([NM], 0) || exists([NM])";

  @TempDir Path folder;

  @Test
  void randomExpressionsKeepWhatSamtoolsPrints() throws Exception {
    List<Path> files = files();
    requireSamtools(files.get(0));
    Random random = new Random(11);
    List<ArraySlice> slices = new ArrayList<>();
    List<RandomExpressions> expressions = new ArrayList<>();
    for (Path file : files) {
      ArraySlice slice = DecodedBam.slice(file);
      slices.add(slice);
      expressions.add(new RandomExpressions(slice, random));
    }
    long kept = 0;
    long dropped = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      int at = i % files.size();
      String expression = expressions.get(at).condition(3);
      List<String> rows = kept(slices.get(at), expression);
      String where = files.get(at) + " -e '" + expression + "'";
      List<String> printed = samtools(files.get(at), expression);
      assertTrue(
          printed.equals(rows),
          () -> where + ": prints " + printed.size() + ", kept " + rows.size());
      kept += rows.size();
      dropped += slices.get(at).count() - rows.size();
    }
    assertTrue(kept > 1_000 && dropped > 1_000, kept + " kept, " + dropped + " dropped");
    System.out.printf(
        "%d expressions on %d files keep the %d records that samtools prints, and drop %d%n",
        EXPRESSIONS, files.size(), kept, dropped);
  }

  /** Generated ones, and small ones of the corpus with several records. */
  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (SynthProfile profile :
        List.of(SynthProfile.EDGE, SynthProfile.SHORT, SynthProfile.SINGLECELL)) {
      Path file = folder.resolve(profile + ".bam");
      SynthBam.write(file, SynthOptions.of(profile, 200, 8));
      files.add(file);
    }
    for (Path file : FilterFiles.corpus()) {
      int records = DecodedBam.slice(file).count();
      if (records >= 20 && records < 1_000) {
        files.add(file);
      }
    }
    return files;
  }

  /** An older samtools prints an error and ends with exit code 0, without any record. */
  private static void requireSamtools(Path file) throws Exception {
    byte[] count = Samtools.run("view", "-c", "-e", NEEDED, file.toString());
    Assumptions.assumeTrue(
        Integer.parseInt(new String(count, StandardCharsets.US_ASCII).strip()) > 0,
        "this samtools is too old: it has no variable hclen");
  }

  private static List<String> samtools(Path file, String expression) throws Exception {
    byte[] sam = Samtools.run("view", "-e", expression, file.toString());
    return new String(sam, StandardCharsets.ISO_8859_1)
        .lines()
        .map(line -> line.split("\t", 5))
        .map(columns -> columns[0] + " " + columns[1] + " " + columns[3])
        .toList();
  }

  private static List<String> kept(ArraySlice slice, String expression) throws Exception {
    RecordFilter filter =
        RecordFilters.of(RowOptions.defaults().withExpressions(List.of(expression)));
    List<String> kept = new ArrayList<>();
    for (int row = 0; row < slice.count(); row++) {
      if (filter.accepts(slice, row)) {
        int start = slice.start(row);
        byte[] data = slice.data();
        int length = LittleEndian.uint8(data, start + RecordLayout.L_READ_NAME) - 1;
        String name =
            new String(data, start + RecordLayout.READ_NAME, length, StandardCharsets.ISO_8859_1);
        int flag = LittleEndian.uint16(data, start + RecordLayout.FLAG);
        int pos = LittleEndian.int32(data, start + RecordLayout.POS) + 1;
        kept.add(name + " " + flag + " " + pos);
      }
    }
    return kept;
  }
}
