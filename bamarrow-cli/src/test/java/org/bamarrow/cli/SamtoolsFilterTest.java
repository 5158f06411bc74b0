package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.Samtools;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.filter.RecordFilters;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The same arguments to samtools and to the filters keep the same records of every sound file of
 * the corpus: their QNAME, FLAG, POS and their order.
 */
class SamtoolsFilterTest {
  @TempDir Path folder;

  @Command
  static final class Any {
    @Mixin FilterArguments filters;
  }

  @Test
  void keepsWhatSamtoolsKeeps() throws Exception {
    List<Path> files = files();
    List<ArraySlice> slices = new ArrayList<>();
    for (Path file : files) {
      slices.add(records(file));
    }
    long records = slices.stream().mapToLong(ArraySlice::count).sum();
    List<String[]> filters = filters(slices);
    for (String[] filter : filters) {
      long kept = 0;
      for (int i = 0; i < files.size(); i++) {
        Path file = files.get(i);
        List<String> rows = kept(slices.get(i), filter);
        assertEquals(samtools(file, filter), rows, () -> file + " " + String.join(" ", filter));
        kept += rows.size();
      }
      assertTrue(kept > 0 && kept < records, String.join(" ", filter) + " tells nothing");
    }
    System.out.printf(
        "%d filters keep what samtools keeps of the %d records in %d files%n",
        filters.size(), records, files.size());
  }

  /** The corpus's sound files, those of a few records aside: a process for each filter and file. */
  private static List<Path> files() throws IOException {
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    Path truth = corpus.resolve("truth.tsv");
    Assumptions.assumeTrue(Files.exists(truth), "the corpus is not there: " + corpus);
    List<Path> files = new ArrayList<>();
    for (String line : Files.readAllLines(truth)) {
      String[] fields = line.split("\t");
      if (fields[1].startsWith("valid") && Integer.parseInt(fields[9]) >= 100) {
        files.add(corpus.resolve(fields[0]));
      }
    }
    return files;
  }

  /** Filters that cut through the corpus: each keeps some of its records and drops others. */
  private List<String[]> filters(List<ArraySlice> slices) throws IOException {
    Path numbers = Files.writeString(folder.resolve("numbers"), "0\n 2 \n3\n-1\n60\n");
    Path groups = Files.writeString(folder.resolve("groups"), "0\n1\nL1\nERR001268\nSZAIPI037128");
    Path names = Files.write(folder.resolve("names"), everyThirdName(slices));
    String lines =
        """
        -f PROPER_PAIR,READ1
        -F 0x904 -f 1
        -G 020
        -G READ2,REVERSE
        -q 255
        -r 1 -r L1
        -R GROUPS -q 20
        -d NM
        -d NM:1 -d NM:00 -d NM
        -D NM:NUMBERS -d NM:5
        -d XT:U
        -d MD:101
        -d jM
        -d XS:-2147483647 -d XS:+
        -N NAMES
        -s 0.5
        -s 2147483647.75
        -s 4294967295.03
        --subsample 0.01 --subsample-seed 17
        -s 7.6 -N NAMES -f 2 -d NM
        """;
    return lines
        .replace("NUMBERS", numbers.toString())
        .replace("GROUPS", groups.toString())
        .replace("NAMES", names.toString())
        .lines()
        .map(line -> line.split(" "))
        .toList();
  }

  private static List<String> everyThirdName(List<ArraySlice> slices) {
    List<String> names = new ArrayList<>();
    for (ArraySlice slice : slices) {
      for (int row = 0; row < slice.count(); row += 3) {
        names.add(name(slice, row));
      }
    }
    return names;
  }

  private static List<String> kept(ArraySlice slice, String[] arguments) throws BamFormatException {
    Any any = new Any();
    new CommandLine(any).parseArgs(arguments);
    RecordFilter filter = RecordFilters.of(any.filters.toRowOptions(-1));
    List<String> kept = new ArrayList<>();
    for (int row = 0; row < slice.count(); row++) {
      if (filter.accepts(slice, row)) {
        int start = slice.start(row);
        int flag = LittleEndian.uint16(slice.data(), start + RecordLayout.FLAG);
        int pos = LittleEndian.int32(slice.data(), start + RecordLayout.POS) + 1;
        kept.add(name(slice, row) + "\t" + flag + "\t" + pos);
      }
    }
    return kept;
  }

  private static String name(ArraySlice slice, int row) {
    int start = slice.start(row);
    int length = LittleEndian.uint8(slice.data(), start + RecordLayout.L_READ_NAME) - 1;
    int from = start + RecordLayout.READ_NAME;
    return new String(slice.data(), from, length, StandardCharsets.ISO_8859_1);
  }

  private static List<String> samtools(Path file, String[] arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("view"));
    command.addAll(Arrays.asList(arguments));
    command.add(file.toString());
    byte[] sam = Samtools.run(command.toArray(String[]::new));
    return new String(sam, StandardCharsets.ISO_8859_1)
        .lines()
        .map(line -> line.split("\t", 5))
        .map(columns -> columns[0] + "\t" + columns[1] + "\t" + columns[3])
        .toList();
  }

  /** Every record of a BAM, by the JDK's gzip reader and without the code under test. */
  private static ArraySlice records(Path file) throws IOException {
    byte[] data;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      data = in.readAllBytes();
    }
    int at = 8 + LittleEndian.int32(data, 4);
    int references = LittleEndian.int32(data, at);
    at += 4;
    for (int i = 0; i < references; i++) {
      at += 8 + LittleEndian.int32(data, at);
    }
    return new ArraySlice(data, at);
  }
}
