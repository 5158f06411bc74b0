package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bamarrow.cli.Main;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pyarrow, polars and DuckDB read what bamarrow writes. */
class ClientsTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));
  private static final List<String> TYPED = List.of("NM:i", "AS:i", "MD:Z", "RG:Z");
  private static final ColumnOptions LISTS =
      ColumnOptions.defaults().withQual(QualForm.NUMBERS).withCigar(CigarForm.OPS);

  @TempDir private Path folder;
  private String python;
  private int files;

  @BeforeEach
  void findPython() {
    python = Programs.pythonWithClients();
  }

  @Test
  void countsNullsAndSumsAreThoseOfSamtoolsInEveryFormatAndCompression() throws Exception {
    Programs.requireSamtools();
    Path bam = folder.resolve("short.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 30_000, 3));
    List<Map<String, Object>> manifest = new ArrayList<>();
    for (Format format : Format.values()) {
      for (Compression compression : Compression.values()) {
        manifest.add(sums(bam, format, compression, ColumnOptions.defaults(), OtherTags.OVERFLOW));
        manifest.add(sums(bam, format, compression, LISTS, OtherTags.NONE));
      }
    }
    run("sums", manifest);
  }

  @Test
  void countsNullsAndSumsOfFilesOfOthersAreThoseOfSamtools() throws Exception {
    Programs.requireSamtools();
    List<Map<String, Object>> manifest = new ArrayList<>();
    for (String name :
        List.of(
            "/samtools+htslib/test__range.bam",
            "Hadoop-BAM/src__test__resources__test.bam",
            "__NA12878.slice.bam",
            "__tests__nanopore_custom_tags.bam",
            "/test__data__bins.bam")) {
      Path bam = Corpus.file(name);
      manifest.add(
          sums(bam, Format.FILE, Compression.NONE, ColumnOptions.defaults(), OtherTags.OVERFLOW));
      manifest.add(sums(bam, Format.STREAM, Compression.LZ4, LISTS, OtherTags.OVERFLOW));
    }
    run("sums", manifest);
  }

  /** An independent way back to SAM: nothing of ours reads the Arrow file. */
  @Test
  void pyarrowRebuildsTheSamLinesOfTheWholeCorpus() throws Exception {
    List<Map<String, Object>> manifest = new ArrayList<>();
    for (Corpus.Entry entry : Corpus.entries()) {
      if (entry.sound() || !entry.errors()) {
        Path arrow = folder.resolve(manifest.size() + ".arrow");
        Conversions.convert(
            entry.bam(), arrow, Conversions.WHOLE.withAllowMissingEof(!entry.sound()));
        manifest.add(Map.of("bam", entry.name(), "arrow", arrow.toString(), "md5", entry.md5()));
      }
    }
    run("rows", manifest);
  }

  @Test
  void theExampleCountsReadsThroughAPipe() throws Exception {
    Path bam = folder.resolve("piped.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 30_000, 4));
    String script = ROOT.resolve("examples/stream.py").toString();
    Map<String, String> environment =
        Map.of("BAMARROW", String.join(" ", Programs.javaCommand(List.of(), Main.class)));
    Programs.Result result =
        Programs.run(List.of(python, script, bam.toString()), environment).orFail();
    Path arrow = folder.resolve("piped.arrow");
    long[] expected = new long[3];
    Conversions.convert(bam, arrow, Conversions.WHOLE);
    for (String line : new String(Conversions.sam(arrow)).split("\n")) {
      String[] fields = line.split("\t");
      expected[0]++;
      expected[1] += (Integer.parseInt(fields[1]) & 4) == 0 ? 1 : 0;
      expected[2] += fields[9].equals("*") ? 0 : fields[9].length();
    }
    assertEquals(
        String.format("%d reads, %d mapped, %d bases%n", expected[0], expected[1], expected[2]),
        result.text());
  }

  private Map<String, Object> sums(
      Path bam, Format format, Compression compression, ColumnOptions columns, OtherTags other)
      throws IOException {
    Path arrow = folder.resolve(++files + "-" + format + "-" + compression + ".arrow");
    TagOptions tags =
        TagOptions.defaults()
            .withListed(TYPED.stream().map(TagType::parse).toList())
            .withOther(other);
    ConvertOptions options =
        ConvertOptions.defaults()
            .withTags(tags)
            .withColumns(columns)
            .withMachine(Conversions.machine(Strategy.PIPELINE, 2))
            .withOutput(
                OutputOptions.defaults()
                    .withFormat(format)
                    .withCompression(compression)
                    .withForce(true))
            .withAllowMissingEof(true);
    Conversions.convert(bam, arrow, options);
    return Map.of(
        "bam",
        bam.toString(),
        "arrow",
        arrow.toString(),
        "stream",
        format == Format.STREAM,
        "typed",
        TYPED);
  }

  private void run(String what, List<Map<String, Object>> manifest) throws IOException {
    Path json = folder.resolve("manifest.json");
    new ObjectMapper().writeValue(json.toFile(), manifest);
    Path script = ROOT.resolve("integration-tests/src/test/python/clients.py");
    Programs.Result result =
        Programs.run(python, script.toString(), what, json.toString()).orFail();
    System.out.print(result.text());
  }
}
