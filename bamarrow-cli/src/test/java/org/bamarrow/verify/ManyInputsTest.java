package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bamarrow.ArrowConcat;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.parts.LocalPartExecutor;
import org.bamarrow.internal.parts.PartPlan;
import org.bamarrow.parts.InputMetadata;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartSize;
import org.bamarrow.parts.PartStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of parts of many inputs: each part tells of its own input, the manifest of all. */
class ManyInputsTest {
  private static final int REFERENCES = 200;
  private static final int CONTIGS = 50_000;
  private static final ConvertOptions OPTIONS = ConvertOptions.defaults();

  @TempDir Path folder;

  private List<String> bams(int count) throws IOException {
    List<String> bams = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path bam = folder.resolve("in" + i + ".bam");
      Files.write(bam, bam(text(REFERENCES, i), REFERENCES));
      bams.add(bam.toString());
    }
    return bams;
  }

  private static String text(int references, int group) {
    StringBuilder lines = new StringBuilder("@HD\tVN:1.6\n");
    for (int i = 0; i < references; i++) {
      lines.append("@SQ\tSN:chr").append(i).append("\tLN:").append(1000 + i).append('\n');
    }
    return lines.append("@RG\tID:" + group + "\tSM:s" + group + "\n").toString();
  }

  private static byte[] bam(String text, int references) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    java.nio.ByteBuffer four =
        java.nio.ByteBuffer.allocate(4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(new byte[] {'B', 'A', 'M', 1});
    out.write(four.putInt(0, bytes.length).array());
    out.write(bytes);
    out.write(four.putInt(0, references).array());
    for (int i = 0; i < references; i++) {
      byte[] name = ("chr" + i + "\0").getBytes(StandardCharsets.UTF_8);
      out.write(four.putInt(0, name.length).array());
      out.write(name);
      out.write(four.putInt(0, 1000 + i).array());
    }
    out.write(new RecordBytes().name("a").record());
    out.write(new RecordBytes().name("b").record());
    return new BgzfBytes(6).blocks(out.toByteArray(), () -> 60_000).end().bytes();
  }

  private Path parts(List<String> bams, ConvertOptions options, String name) throws IOException {
    Path parts = folder.resolve(name);
    BamToParts.convert(bams, parts.toString(), options, PartSize.bytes(1 << 20), Progress.NONE);
    return parts;
  }

  private static long bytes(Path parts) throws IOException {
    long bytes = 0;
    try (var files = Files.list(parts)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  @Test
  void whatIsWrittenGrowsWithTheInputsAndNotWithTheirSquare() throws IOException {
    List<String> bams = bams(80);
    long few = bytes(parts(bams.subList(0, 20), OPTIONS, "few"));
    long many = bytes(parts(bams, OPTIONS, "many"));
    assertTrue(many < 4.2 * few, few + " bytes of 20 inputs, " + many + " of 80");
  }

  @Test
  void aPartTellsOfItsInputOnceAndTheManifestOfAll() throws IOException {
    Path parts = parts(bams(3), OPTIONS, "parts");
    PartStore store = new LocalPartStore(parts.toString(), false);
    Map<String, String> shared = Manifest.read(store).arrowSchema().getCustomMetadata();
    assertTrue(shared.get("bamarrow.references").contains("\"chr199\""));
    assertEquals("unknown", shared.get("bamarrow.sort_order"));
    assertFalse(shared.containsKey("bamarrow.header"), "they differ");
    assertFalse(shared.containsKey("bamarrow.files"), "the manifest's inputs are their names");
    InputMetadata inputs = InputMetadata.of(store);
    assertEquals(3, inputs.inputs());
    Map<String, String> second = inputs.of(1);
    assertEquals("[\"in1.bam\"]", second.get("bamarrow.files"));
    assertTrue(second.get("bamarrow.header").endsWith("@RG\tID:1\tSM:s1\n"));
    assertFalse(second.containsKey("bamarrow.references"), "the header's @SQ lines tell them");
    assertEquals(shared.get("bamarrow.options"), second.get("bamarrow.options"));
  }

  @Test
  void viewVerifyAndConcatReadThemAsOneFile() throws IOException {
    List<String> bams = bams(40); // more than are held open
    Path parts = parts(bams, OPTIONS, "parts");
    Path whole = folder.resolve("whole.arrow");
    BamToArrow.convert(bams, whole.toString(), OPTIONS);
    Path again = folder.resolve("again.arrow");
    ArrowConcat.concat(List.of(parts), again.toString(), OutputOptions.defaults());
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(again));
    List<String> lines = new ArrayList<>();
    assertEquals(80, Verifier.verify(bams, parts, lines::add).rows(), lines.toString());
    assertTrue(lines.get(0).startsWith("equal"), lines.toString());
    List<String> swapped = new ArrayList<>(bams);
    java.util.Collections.swap(swapped, 7, 8);
    Verifier.verify(swapped, parts, lines::add);
    assertTrue(lines.get(1).contains("(header)"), lines.get(1));
  }

  @Test
  void inputsBehindALimitHaveNoPartAndNoHeader() throws IOException {
    List<String> bams = bams(5);
    Path parts = parts(bams, OPTIONS.withRows(RowOptions.defaults().withLimit(3)), "parts");
    assertEquals(2, InputMetadata.of(new LocalPartStore(parts.toString(), false)).withParts());
    Path again = folder.resolve("again.arrow");
    ArrowConcat.concat(List.of(parts), again.toString(), OutputOptions.defaults());
    for (Path each : List.of(parts, again)) {
      List<String> lines = new ArrayList<>();
      Verifier.verify(bams, each, lines::add);
      assertTrue(lines.get(0).startsWith("equal"), each + ": " + lines);
    }
  }

  @Test
  void aPartHasTheManyContigsOfItsInputOnce() throws IOException {
    String text = text(CONTIGS, 0);
    Path bam = Files.write(folder.resolve("contigs.bam"), bam(text, CONTIGS));
    List<String> bams = List.of(bam.toString());
    Path whole = folder.resolve("whole.arrow");
    BamToArrow.convert(bams, whole.toString(), OPTIONS);
    Path parts = folder.resolve("parts");
    LocalPartExecutor.convert(
        bams,
        new LocalPartStore(parts.toString(), false),
        OPTIONS,
        (sizes, grid) -> PartPlan.byCount(sizes, 4, 1 << 12),
        Progress.NONE);
    int files = 0;
    try (var list = Files.list(parts)) {
      for (Path part : (Iterable<Path>) list::iterator) {
        if (part.getFileName().toString().startsWith("part-")) {
          files++;
          assertTrue(Files.size(part) < 1.05 * text.length(), part + ": " + Files.size(part));
        }
      }
    }
    assertEquals(4, files);
    long manifest = Files.size(parts.resolve(Manifest.NAME));
    assertTrue(manifest < 4.5 * text.length(), "as header and JSON, in Base64: " + manifest);
    Path again = folder.resolve("again.arrow");
    ArrowConcat.concat(List.of(parts), again.toString(), OutputOptions.defaults());
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(again));
  }
}
