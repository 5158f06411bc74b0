package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;

/** What conversions of Arrow data copy, refuse, report and leave behind. */
class ArrowConvertCasesTest extends ArrowConversions {
  @Test
  void withoutOptionsTheFileIsTheSame() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 20_000, 1));
    Path parts = folder.resolve("parts");
    out("convert", "--quiet", "--parts", 3, "--chunk-bytes", "64K", bam, parts);
    Path one = folder.resolve("one.arrow");
    out("convert", "--quiet", "--chunk-bytes", "64K", "--compression", "zstd", bam, one);
    Path same = folder.resolve("same.arrow");
    Cli.Result result = run("convert", one, same);
    assertEquals(-1, Files.mismatch(one, same));
    assertTrue(result.err().contains("20,000 of 20,000 read, in"), result.err());
    Path stream = convert(one, "--format", "stream");
    Path fromStream = convert(stream, "--format", "file");
    assertEquals(0, run("verify", bam, fromStream).code());
    assertTrue(Files.size(fromStream) < Files.size(one) + 10_000); // with statistics
    Path whole = convert(parts, "--format", "file");
    Path concatenated = folder.resolve("concatenated.arrow");
    out("concat", "--quiet", concatenated, parts);
    assertEquals(-1, Files.mismatch(concatenated, whole));
    Path same2 = folder.resolve("same2.arrow");
    Cli.Result all = run("convert", "-F", "0x8000", one, same2);
    assertTrue(
        all.err().matches("(?s).* in (\\d+) batches \\(\\1 copied as they are.*"), all.err());
  }

  @Test
  void batchesWithoutRowsOfTheRegionAreNotRead() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 20_000, 1));
    Path one = convert(bam, "--format", "file", "--chunk-bytes", "64K");
    Path report = folder.resolve("report.json");
    Path some = folder.resolve("some.arrow");
    String[] record = Cli.run("head", "-n", 1, bam).out().split("\t");
    out(
        "convert",
        "--quiet",
        "--report",
        report,
        "--region",
        record[2] + ":1-" + record[3],
        one,
        some);
    String json = Files.readString(report);
    assertTrue(json.contains("\"removed\" : {\n    \"regions\" : "), json);
    assertTrue(!json.contains("\"rowsLeftOut\" : 0,"), json);
    assertEquals(0, run("verify", bam, some).code());
  }

  @Test
  void threadsAndMemoryCanBeChosen() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 2_000, 1));
    Path one = convert(bam, "--format", "file", "--batch-rows", 100);
    Path first = convert(one, "-@", 1, "--format", "file", "--compression", "zstd");
    Path second =
        convert(one, "-@", 3, "--memory", "2M", "--format", "file", "--compression", "zstd");
    assertEquals(-1, Files.mismatch(first, second));
    refused("--threads 0: must be 1 to 1024", "convert", "-@", 0, one, folder.resolve("x"));
  }

  @Test
  void whatDoesNotApplyToArrowDataIsRefused() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", 1);
    Path to = folder.resolve("to.arrow");
    Path arrow = folder.resolve("from.arrow");
    out("convert", "--quiet", "--columns", "qname,flag,tags", bam, arrow);
    for (List<Object> option :
        List.<List<Object>>of(
            List.of("--inflater", "java"),
            List.of("--coordinates", "zero-based"),
            List.of("--qual", "numbers"),
            List.of("--chunk-bytes", "64K"),
            List.of("-X", "off"),
            List.of("--preset", "low-memory"))) {
      refused(option.get(0) + " applies to BAMs only, and " + arrow, "convert", option, arrow, to);
    }
    refused(
        "no column 'pos'; they have qname, flag, tags", "convert", "--columns", "pos", arrow, to);
    refused("the filters need mapq", "convert", "-q", 3, arrow, to);
    refused("the data have no tag QQ:i; they have ", "convert", "--tags", "QQ:i", arrow, to);
    refused("--tags auto applies to BAMs only", "convert", "--tags", "auto", arrow, to);
    refused("--other-tags all applies to BAMs only", "convert", "--other-tags", "all", arrow, to);
    refused("one file or directory is converted at a time", "convert", arrow, bam, to);
    refused("is an input; choose", "convert", "--force", arrow, arrow);
    assertTrue(Files.notExists(to));
  }

  @Test
  void someTagsAreChosen() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 3_000, 1));
    for (String other : List.of("none", "all", "overflow")) {
      Path arrow = convert(bam, "--tags", "NM:i,MD:Z,AS:i,RG:Z", "--other-tags", other);
      Path some = convert(arrow, "--tags", "AS:i,NM:i");
      assertEquals(0, run("verify", bam, some).code(), other);
      Path one = convert(some, "--columns", "qname", "--tags", "NM:i");
      assertEquals(0, run("verify", bam, one).code(), other);
      assertTrue(Cli.run("schema", one).out().contains("NM"));
      assertTrue(!Cli.run("schema", one).out().contains("AS"));
    }
  }

  @Test
  void aDamagedInputLeavesNoOutput() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 3_000, 1));
    Path arrow = convert(bam, "--format", "stream");
    byte[] bytes = Files.readAllBytes(arrow);
    Path damaged = folder.resolve("damaged.arrows");
    Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length - 1000));
    Path to = folder.resolve("to.arrow");
    for (List<Object> options : List.<List<Object>>of(List.of(), List.of("-q", 1))) {
      Cli.Result result = run("convert", "--quiet", options, damaged, to);
      assertEquals(1, result.code());
      assertEquals(1, result.err().lines().count(), result.err());
      assertTrue(Files.notExists(to));
    }
  }

  @Test
  void partsAreMadeOfAFileAndOfParts() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 20_000, 1));
    Path file = convert(bam, "--format", "file", "--chunk-bytes", "64K");
    Path parts = folder.resolve("parts");
    out("convert", "--quiet", "--parts", 5, file, parts);
    assertEquals(5, Cli.names(parts).stream().filter(name -> name.startsWith("part-")).count());
    assertTrue(Cli.names(parts).contains("_batches.arrow"));
    assertEquals(0, run("verify", bam, parts).code());
    assertEquals(out("count", "-q", 30, bam), out("count", "-q", 30, parts));
    Path fewer = folder.resolve("fewer");
    out("convert", "--quiet", "-q", 30, "--part-size", "1M", "--compression", "lz4", parts, fewer);
    assertEquals(0, run("verify", bam, fewer).code());
    Path none = folder.resolve("none");
    out("convert", "--quiet", "--limit", 0, parts, none + "/");
    assertEquals("0", out("count", none).strip());
    assertEquals(0, run("verify", bam, none).code());
    refused("is or contains an input", "convert", "--force", "--parts", 2, parts, parts);
    refused("holds a complete conversion already", "convert", "--parts", 2, file, parts);
    out("convert", "--quiet", "--force", "--parts", 2, file, parts);
    assertEquals(2, Cli.names(parts).stream().filter(name -> name.startsWith("part-")).count());
    byte[] bytes = Files.readAllBytes(convert(file, "--format", "stream"));
    Path damaged = folder.resolve("damaged");
    Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
    Path never = folder.resolve("never");
    assertEquals(1, run("convert", "--quiet", "--parts", 2, damaged, never).code());
    assertTrue(Files.notExists(never) || Cli.names(never).isEmpty());
  }

  @Test
  void longListsOfAnyConversionAreGivenToVerify() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 3_000, 1));
    List<String> records = Cli.run("head", "-n", 2000, bam).out().lines().toList();
    Path names = folder.resolve("names");
    Files.write(names, records.stream().map(line -> line.split("\t")[0]).toList());
    Path bed = folder.resolve("places.bed");
    List<String> places = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      places.add(records.get(0).split("\t")[2] + "\t" + 500 * i + "\t" + (500 * i + 400));
    }
    Files.write(bed, places);
    Path one = convert(bam, "-L", bed, "-q", 1);
    Path two = convert(one, "-N", names);
    Path three = convert(two, "-F", 16);
    assertTrue(!out("count", three).strip().equals("0"));
    refused("give the same list again with", "verify", bam, three);
    assertEquals(0, run("verify", "-N", names, "-L", bed, bam, three).code());
    Files.writeString(names, "other");
    refused("not the list of the conversion", "verify", "-N", names, "-L", bed, bam, three);
  }

  @Test
  void dataOfSeveralBamsAreConverted() throws IOException {
    Path one = Cli.bam(folder, "one.bam", SynthOptions.of(SynthProfile.SHORT, 2_000, 1));
    Path two = Cli.bam(folder, "two.bam", SynthOptions.of(SynthProfile.SHORT, 2_000, 2));
    Path parts = folder.resolve("parts");
    out("convert", "--quiet", "--parts", 4, "--chunk-bytes", "64K", one, two, parts);
    Path file = folder.resolve("both.arrow");
    out(
        "convert",
        "--quiet",
        "--columns",
        "qname,flag,file,tags",
        "--tags",
        "RG:Z",
        one,
        two,
        file);
    for (List<Object> options :
        List.<List<Object>>of(
            List.of("-F", 16, "--limit", 2500), List.of("--exclude-no-read-group"), List.of())) {
      for (Path from : List.of(parts, file)) {
        Path to = convert(from, options.toArray());
        Cli.Result verified = run("verify", one, two, to);
        assertEquals(0, verified.code(), options + verified.out() + verified.err());
        Path again = folder.resolve("again" + count++);
        out("convert", "--quiet", "--parts", 3, "-f", 1, to, again);
        verified = run("verify", one, two, again);
        assertEquals(0, verified.code(), options + verified.out() + verified.err());
      }
    }
    Path rogtk = convert(one, "--profile", "rogtk");
    assertEquals(0, run("verify", one, convert(rogtk, "--columns", "chrom,start")).code());
    assertEquals(0, run("verify", one, convert(rogtk, "--no-quality")).code());
  }

  @Test
  void theReportHasTheFiltersAndTheOutputIsTheSameAgain() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 3_000, 1));
    Path arrow = convert(bam);
    Path to = convert(arrow, "--format", "stream", "-q", 20);
    Path report = folder.resolve("report.json");
    out(
        "convert",
        "--quiet",
        "--format",
        "stream",
        "--report",
        report,
        "-q",
        20,
        arrow,
        folder.resolve("x"));
    assertEquals(-1, Files.mismatch(to, folder.resolve("x")));
    assertTrue(Files.readString(report).contains("\"minMapq\" : "));
  }

  @Test
  void standardOutputIsAStream() throws Exception {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 3_000, 1));
    Path arrow = convert(bam);
    Path errors = folder.resolve("errors");
    Process process =
        Cli.process("convert", "-q", 20, arrow, "-").redirectError(errors.toFile()).start();
    byte[] bytes = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor(), Files.readString(errors));
    Path to = Files.write(folder.resolve("to.arrows"), bytes);
    assertEquals(0, run("verify", bam, to).code());
    assertTrue(Files.readString(errors).startsWith("standard output\n"));
  }

  @Test
  void damagedInputsAreConvertedOrAreOneClearError() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.EDGE, 300, 1));
    byte[] bytes = Files.readAllBytes(convert(bam, "--format", "file", "--compression", "lz4"));
    Path damaged = folder.resolve("damaged.arrow");
    Random random = new Random(3);
    for (int i = 0; i < 150; i++) {
      byte[] other = bytes.clone();
      int at = random.nextInt(3) == 0 ? random.nextInt(20_000) : random.nextInt(bytes.length);
      other[bytes.length - 1 - at % bytes.length] ^= (byte) (1 << random.nextInt(8));
      other[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, other);
      Path to = folder.resolve("of-damaged" + i + ".arrow");
      List<Object> options =
          any(
              random,
              List.of(
                  List.of(),
                  List.of("-q", 1),
                  List.of("--compression", "none"),
                  List.of("-e", "[NM] < 9 && qlen > 1 && rname != \"x\"")));
      Cli.Result result = run("convert", "--quiet", options, damaged, to);
      long lines = result.err().lines().filter(line -> !line.contains("WARN")).count();
      assertTrue(result.code() == 0 || lines == 1, result.code() + result.err());
      assertTrue(!result.err().contains("\tat "), options + result.err());
      assertEquals(result.code() == 0, Files.exists(to), result.err());
    }
  }
}
