package org.bamarrow.bam;

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
import org.bamarrow.BamFormatException;
import org.bamarrow.cli.FilterArguments;
import org.bamarrow.io.LittleEndian;
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
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    Assumptions.assumeTrue(
        Files.exists(corpus.resolve("truth.tsv")), "the corpus is not there: " + corpus);
    List<String[]> filters = filters();
    long compared = 0;
    long dropped = 0;
    for (String line : Files.readAllLines(corpus.resolve("truth.tsv"))) {
      String[] fields = line.split("\t");
      if (!List.of("valid", "valid-edge").contains(fields[1]) || Integer.parseInt(fields[9]) == 0) {
        continue;
      }
      Path file = corpus.resolve(fields[0]);
      ArraySlice slice = records(file);
      for (String[] filter : filters) {
        List<String> kept = kept(slice, filter);
        assertEquals(samtools(file, filter), kept, () -> file + " " + String.join(" ", filter));
        compared += kept.size();
        dropped += slice.count() - kept.size();
      }
    }
    System.out.println(compared + " records kept and " + dropped + " dropped as samtools does");
    assertTrue(compared > 100_000 && dropped > 100_000, "the filters hardly filter");
  }

  /** Filters that cut through the corpus: each keeps some of its records and drops others. */
  private List<String[]> filters() throws IOException {
    Path numbers = Files.writeString(folder.resolve("numbers"), "0\n 2 \n3\n-1\n60\n");
    Path groups = Files.writeString(folder.resolve("groups"), "0\n1\nL1\nERR001268\nSZAIPI037128");
    Path names = Files.write(folder.resolve("names"), everyThirdName());
    String lines =
        """
        -f 1
        -f PROPER_PAIR,READ1
        -F 0x904
        -F 0x10 -f 0x40
        -G 020
        -G READ2,REVERSE
        -q 1
        -q 30 -F UNMAP
        -q 255
        -r 1
        -r L1 -r 0
        -R GROUPS -q 20
        -d NM
        -d NM:0
        -d NM:1 -d NM
        -d NM:1 -d NM:2 -d NM:00
        -D NM:NUMBERS
        -D NM:NUMBERS -d NM:5
        -d XT:A:U
        -d XT:U
        -d XS:+
        -d MD:101
        -d MD:76 -q 1
        -d RG:L1
        -d jM:1
        -d jM
        -d AS:-1
        -d FZ
        -N NAMES
        -N NAMES -N GROUPS -F 0x80
        -s 0.5
        -s 1.1
        -s 42.25
        -s 2147483647.75
        -s 4294967295.3
        -s .999
        --subsample 0.4
        --subsample 1
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

  private static List<String> everyThirdName() throws IOException {
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(corpus.resolve("truth.tsv"))) {
      String[] fields = line.split("\t");
      if (fields[1].equals("valid-edge")) {
        ArraySlice slice = records(corpus.resolve(fields[0]));
        for (int row = 0; row < slice.count(); row += 3) {
          names.add(name(slice, row));
        }
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
