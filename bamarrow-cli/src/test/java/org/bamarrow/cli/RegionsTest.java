package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.BAMIndexer;
import htsjdk.samtools.SamReader;
import htsjdk.samtools.SamReaderFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bamarrow.io.VirtualOffset;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.bamarrow.verify.Verifier;
import org.bamarrow.verify.VerifyResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions with every kind of index, sound, stale, foreign or broken: always the same rows. */
class RegionsTest {
  private static final String[] SOME = {"chr1:1-30000", "chr2", "chr1:20000-50000", "*"};

  @TempDir Path folder;

  private Path sorted(String name, long records, long seed) throws IOException {
    SynthOptions options = SynthOptions.of(SynthProfile.SHORT, records, seed);
    return Cli.bam(folder, name, options.withBlocks(true, 5, 4000));
  }

  private static Path index(Path bam) throws IOException {
    Path index = Path.of(bam + ".bai");
    try (SamReader reader =
        SamReaderFactory.make()
            .enable(SamReaderFactory.Option.INCLUDE_SOURCE_IN_RECORDS)
            .open(bam)) {
      BAMIndexer.createIndex(reader, index);
    }
    return index;
  }

  private static List<Object> words(Object command, Object file, String... regions) {
    List<Object> words = new ArrayList<>(List.of(command));
    for (String region : regions) {
      words.addAll(List.of("--region", region));
    }
    words.add(file);
    return words;
  }

  private static Cli.Result count(Path bam, String index, String... regions) {
    List<Object> words = words("count", bam, regions);
    words.addAll(1, List.of("--index", index));
    return Cli.run(words.toArray());
  }

  private static String rows(Path bam, String index, String... regions) {
    List<Object> words = words("head", bam, regions);
    words.addAll(1, List.of("-n", 1_000_000, "--index", index));
    Cli.Result result = Cli.run(words.toArray());
    assertEquals(0, result.code(), result.err());
    return result.out();
  }

  /** The index is not used, one line says so, and the rows are those of a full scan. */
  private void assertDistrusted(Path bam, Path index, String why) throws IOException {
    String right = count(bam, "off", SOME).out();
    assertFalse(right.equals("0\n"));
    Cli.Result count = count(bam, index.toString(), SOME);
    assertEquals(right, count.out(), count.err());
    assertEquals(1, count.err().lines().count(), count.err());
    assertTrue(count.err().contains("is not used: "), count.err());
    assertTrue(count.err().contains(why), count.err());
    assertTrue(count.err().endsWith("; reading the whole file\n"), count.err());
    Path out = folder.resolve("distrusted.arrow");
    List<Object> words = words("convert", bam, SOME);
    words.addAll(List.of(out, "--force", "-X", index));
    Cli.Result convert = Cli.run(words.toArray());
    assertEquals(0, convert.code(), convert.err());
    assertEquals(1, convert.err().lines().filter(line -> line.contains("not used")).count());
    assertEquals(
        Outcome.EQUAL, Verifier.verify(List.of(bam.toString()), out, line -> {}).outcome());
  }

  @Test
  void anIndexGivesTheRowsOfAFullScanAndSavesWork() throws IOException {
    Path bam = sorted("a.bam", 20_000, 1);
    index(bam);
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      int from = 1 + random.nextInt(200_000);
      String region =
          "chr" + (1 + random.nextInt(2)) + ":" + from + "-" + (from + random.nextInt(5_000));
      assertEquals(rows(bam, "off", region), rows(bam, "auto", region), region);
    }
    assertEquals(rows(bam, "off", SOME), rows(bam, "auto", SOME));
    Path out = folder.resolve("a.arrow");
    Cli.Result verbose = Cli.run("convert", "-v", "--region", "chr2:1-2000", bam, out);
    assertTrue(verbose.err().contains("--index used"), verbose.err());
  }

  @Test
  void regionsThatOverlapGiveEachRecordOnceInFileOrder() throws IOException {
    Path bam = sorted("a.bam", 2_000, 2);
    index(bam);
    String all = rows(bam, "auto", "chr1", "chr1:1-100000", "chr1:50-60", "chr1");
    assertEquals(rows(bam, "auto", "chr1"), all);
    assertEquals(rows(bam, "off", "chr1", "chr2"), rows(bam, "auto", "chr2", "chr1"));
  }

  @Test
  void convertedRegionsAreVerifiedWithTheirOptionsFromTheMetadata() throws IOException {
    Path bam = sorted("a.bam", 5_000, 3);
    index(bam);
    Path bed = folder.resolve("x.bed");
    StringBuilder lines = new StringBuilder("track x\n");
    for (int i = 0; i < 150; i++) {
      lines.append("chr1\t").append(i * 500).append('\t').append(i * 500 + 40).append('\n');
    }
    Files.writeString(bed, lines);
    Path out = folder.resolve("a.arrow");
    assertEquals(0, Cli.run("convert", "-L", bed, "--region", "chr1:1-40000", bam, out).code());
    Cli.Result digest = Cli.run("verify", bam, out);
    assertEquals(2, digest.code());
    assertTrue(digest.err().contains("--regions-file"), digest.err());
    Cli.Result again = Cli.run("verify", "-L", bed, "--region", "chr1:1-40000", bam, out);
    assertEquals(0, again.code(), again.out() + again.err());
    Cli.Result other = Cli.run("verify", "-L", bed, "--region", "chr1:1-40001", bam, out);
    assertEquals(2, other.code(), other.out() + other.err());
  }

  @Test
  void aForeignOrStaleIndexIsNotUsed() throws IOException {
    Path bam = sorted("a.bam", 5_000, 4);
    assertDistrusted(bam, index(sorted("b.bam", 5_000, 5)), "virtual offset");
    assertDistrusted(bam, index(sorted("c.bam", 4_999, 4)), "");
    Path longer = sorted("d.bam", 50_000, 4);
    assertDistrusted(bam, index(longer), "is past the end of the file");
    Path other = Cli.bam(folder, "long.bam", SynthOptions.of(SynthProfile.LONG, 10, 1));
    assertDistrusted(bam, index(other), "");
  }

  @Test
  void aBrokenIndexIsNotUsed() throws IOException {
    Path bam = sorted("a.bam", 2_000, 6);
    byte[] sound = Files.readAllBytes(index(bam));
    Path broken = folder.resolve("broken.bai");
    for (byte[] bytes :
        List.of(
            new byte[0],
            Arrays.copyOf(sound, 4),
            Arrays.copyOf(sound, sound.length / 2),
            Arrays.copyOf(sound, sound.length + 1),
            "<html>".getBytes(),
            changed(sound, 4, 3),
            changed(sound, 8, Integer.MAX_VALUE))) {
      Files.write(broken, bytes);
      assertDistrusted(bam, broken, "");
    }
  }

  private static byte[] changed(byte[] index, int at, int value) {
    byte[] bytes = index.clone();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return bytes;
  }

  /** Place of the pseudo-bin of the first reference in a BAI. */
  private static int counts(byte[] index) {
    ByteBuffer bytes = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (bytes.getInt(at) != 37450) {
      at += 8 + 16 * bytes.getInt(at + 4);
    }
    return at + 8;
  }

  @Test
  void aCountThatIsNotThatOfAWholeReferenceRestartsTheReadingOrFailsAStream() throws Exception {
    Path bam = sorted("a.bam", 2_000, 7);
    byte[] sound = Files.readAllBytes(index(bam));
    Path wrong = folder.resolve("wrong.bai");
    int mapped = counts(sound) + 16;
    int count = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getInt(mapped);
    Files.write(wrong, changed(sound, mapped, count + 1));
    assertEquals("", count(bam, wrong.toString(), "chr1:1-3000").err(), "not whole: not counted");
    String right = count(bam, "off", "chr1").out();
    Cli.Result counted = count(bam, wrong.toString(), "chr1");
    assertEquals(right, counted.out());
    assertTrue(counted.err().contains("it has " + (count + 1) + " mapped"), counted.err());
    Path out = folder.resolve("a.arrow");
    Cli.Result file = Cli.run("convert", "--region", "chr1", "-X", wrong, bam, out);
    assertEquals(0, file.code(), file.err());
    assertEquals(1, file.err().lines().filter(line -> line.contains("not used")).count());
    assertEquals(
        Outcome.EQUAL, Verifier.verify(List.of(bam.toString()), out, line -> {}).outcome());
    Process stream =
        Cli.process("convert", "--quiet", "--region", "chr1", "-X", wrong, bam, "-")
            .redirectOutput(folder.resolve("stream").toFile())
            .start();
    String err = new String(stream.getErrorStream().readAllBytes());
    assertEquals(1, stream.waitFor(), err);
    assertTrue(err.contains("--index off"), err);
  }

  @Test
  void aWrongEndOfAChunkIsFoundBeforeReading() throws IOException {
    Path bam = sorted("a.bam", 5_000, 8);
    byte[] bytes = Files.readAllBytes(index(bam));
    ByteBuffer index = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 12; index.getInt(at) != 37450; at += 8 + 16 * index.getInt(at + 4)) {
      for (int chunk = 0; chunk < index.getInt(at + 4); chunk++) {
        int end = at + 16 + 16 * chunk;
        if (VirtualOffset.within(index.getLong(end)) > 2) {
          index.putLong(end, index.getLong(end) - 1);
        }
      }
    }
    Path wrong = folder.resolve("wrong.bai");
    Files.write(wrong, bytes);
    boolean found = false;
    for (int from = 1; from < 200_000 && !found; from += 5_000) {
      String region = "chr1:" + from + "-" + (from + 500);
      Cli.Result result = count(bam, wrong.toString(), region);
      assertEquals(count(bam, "off", region).out(), result.out(), region);
      found = result.err().contains("no chunk covers the virtual offsets from");
    }
    assertTrue(found);
  }

  @Test
  void whereThereIsNoIndexOrAnOldOneALineSaysSo() throws IOException {
    Path bam = sorted("a.bam", 2_000, 9);
    String right = count(bam, "off", SOME).out();
    assertEquals("", count(bam, "off", SOME).err());
    Cli.Result none = count(bam, "auto", SOME);
    assertEquals(right, none.out());
    assertTrue(none.err().contains("has no index (.csi, .bai)"), none.err());
    Path index = index(bam);
    assertEquals("", count(bam, "auto", SOME).err());
    Files.setLastModifiedTime(index, FileTime.fromMillis(1_000_000));
    Cli.Result old = count(bam, "auto", SOME);
    assertEquals(right, old.out());
    assertTrue(old.err().contains("is older than the BAM"), old.err());
    Files.move(index, folder.resolve("a.bai"));
    assertTrue(count(bam, "auto", SOME).err().contains("a.bai is older than the BAM"));
  }

  @Test
  void whatMakesNoSenseIsAnError() throws IOException {
    Path bam = sorted("a.bam", 100, 10);
    assertEquals(2, count(bam, "auto", "nope").code());
    assertEquals(2, count(bam, "auto", "chr1:9-5").code());
    assertEquals(1, count(bam, folder + "/nope.bai", "chr1").code());
    assertEquals(2, Cli.run("count", "-L", folder.resolve("nope.bed"), bam).code());
    Path index = index(bam);
    assertEquals(2, Cli.run("count", "--region", "chr1", "-X", index, bam, bam).code());
  }
}
