package org.bamarrow.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.bamarrow.internal.bam.Samtools;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flipped bit in an index loses no record: the result is correct, or the index is rejected. */
class IndexBitFlipTest {
  /** In turn, so that each run of the fast tests has bits of every field and place. */
  private static final int STRIDE = 37;

  private static final String[] PLACES = {
    "c1:1-100",
    "c1:20000-20100",
    "c1:32769-32800",
    "c1:100000-200000",
    "c1:131072-131073",
    "c2:1000-1100",
    "c2:65537-65600",
    "c1",
    "*"
  };

  @TempDir Path folder;

  private record Read(int reference, int position, String line) {}

  /** Reads of many lengths on three references, some unmapped, some without a reference. */
  private Path bam(String name, int reads, int[] lengths, int[] spans, int payload)
      throws Exception {
    Random random = new Random(reads);
    List<Read> all = new ArrayList<>();
    for (int i = 0; i < reads; i++) {
      int reference = random.nextInt(4) == 0 ? 1 : 0;
      int span = Math.min(spans[random.nextInt(spans.length)], lengths[reference]);
      int position = 1 + random.nextInt(lengths[reference] - span + 1);
      boolean unmapped = random.nextInt(20) == 0;
      StringBuilder tag = new StringBuilder();
      random.ints(payload, 'A', 'z' + 1).forEach(letter -> tag.append((char) letter));
      all.add(
          new Read(
              reference,
              position,
              "r%d\t%d\tc%d\t%d\t60\t%s\t*\t0\t0\t*\t*\tXX:Z:%s\n"
                  .formatted(
                      i,
                      unmapped ? 4 : 0,
                      reference + 1,
                      position,
                      unmapped ? "*" : span + "M",
                      tag)));
    }
    all.sort(Comparator.comparingInt(Read::reference).thenComparingInt(Read::position));
    StringBuilder sam = new StringBuilder("@HD\tVN:1.6\tSO:coordinate\n");
    for (int i = 0; i < lengths.length; i++) {
      sam.append("@SQ\tSN:c%d\tLN:%d\n".formatted(i + 1, lengths[i]));
    }
    all.forEach(read -> sam.append(read.line));
    sam.append("u\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*\n".repeat(5));
    Path text = Files.writeString(folder.resolve(name + ".sam"), sam);
    Path bam = folder.resolve(name + ".bam");
    Samtools.run("view", "-b", "-o", bam.toString(), text.toString());
    return bam;
  }

  /** A CSI as its bytes are before compression, whose checksum would find every bit. */
  private static byte[] index(Path bam, String... options) throws Exception {
    Path index = Path.of(bam + ".index");
    List<String> words = new ArrayList<>(List.of("index"));
    words.addAll(List.of(options));
    words.addAll(List.of(bam.toString(), index.toString()));
    Samtools.run(words.toArray(String[]::new));
    byte[] bytes = Files.readAllBytes(index);
    return bytes[0] == 31
        ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
        : bytes;
  }

  private static void assertNothingLost(IndexBitFlips flips, int stride) throws IOException {
    flips.checkUnmodified();
    for (int bit = 0; bit < flips.bits(); bit += stride) {
      flips.flip(bit);
    }
    assertEquals(List.of(), flips.losses, flips.counts.toString());
    assertTrue(flips.counts.get("refused") > 0, flips.counts.toString());
    System.out.println(flips.bits() + " bits, every " + stride + ": " + flips.counts);
  }

  private static IndexBitFlips hostile(String index) throws IOException {
    Path shared = Path.of(System.getProperty("bamarrow.shared", "../../shared"));
    Path cases = shared.resolve("cases/hostile/index-bitflip");
    Assumptions.assumeTrue(Files.isDirectory(cases), "no cases at " + cases);
    return new IndexBitFlips(
            Files.readAllBytes(cases.resolve("x.bam")), Files.readAllBytes(cases.resolve(index)))
        .regions("20:10000200-10000300", "20:9999902-9999950", "20:9990000-10100000", "20:1-99999");
  }

  @Test
  void theTwoKnownFlipsAreDetected() throws IOException {
    IndexBitFlips flips = hostile("good.bai");
    flips.checkUnmodified();
    flips.flip(8 * 52);
    flips.flip(8 * 4966);
    assertEquals(List.of(), flips.losses);
  }

  @Test
  void someBitsOfABaiOfOneReference() throws IOException {
    assertNothingLost(hostile("good.bai"), STRIDE);
  }

  @Test
  @Tag("full")
  void everyBitOfABaiOfOneReference() throws IOException {
    assertNothingLost(hostile("good.bai"), 1);
  }

  @Test
  void someBitsOfIndexesOfShortAndLongReads() throws Exception {
    ofShortAndLongReads(STRIDE);
  }

  @Test
  @Tag("full")
  void everyBitOfIndexesOfShortAndLongReads() throws Exception {
    ofShortAndLongReads(1);
  }

  private void ofShortAndLongReads(int stride) throws Exception {
    Path dense = bam("dense", 1500, new int[] {200_000, 100_000, 50}, new int[] {150}, 600);
    int[] spans = {200, 5_000, 30_000, 90_000};
    Path wide = bam("long", 150, new int[] {900_000, 400_000, 250_000}, spans, 3000);
    for (Path bam : List.of(dense, wide)) {
      byte[] bytes = Files.readAllBytes(bam);
      for (String[] options : new String[][] {{"-b"}, {"-c"}, {"-c", "-m", "10"}}) {
        assertNothingLost(new IndexBitFlips(bytes, index(bam, options)).regions(PLACES), stride);
      }
    }
  }
}
