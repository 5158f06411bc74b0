package org.bamarrow.internal.bam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.SBIIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.bam.RecordFinder.Proof;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.BytesSource;
import org.bamarrow.io.VirtualOffset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RecordFinderCorpusTest {
  private static final int MOST_BYTES = 3_000_000;
  private static final int MOST_BYTES_FOR_EVERY_POSITION = 3_000;

  private final Path corpus =
      Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
  private final BlockInflater inflater = Inflaters.choose(Inflater.AUTO).open();
  private int asked;
  private int files;
  private final List<String> wrong = new ArrayList<>();

  @Test
  void findsTheTrueStartFromEveryBlockOfEveryValidFile() throws IOException {
    Path truth = corpus.resolve("truth.tsv");
    Assumptions.assumeTrue(Files.exists(truth), "no corpus at " + corpus);
    for (String line : Files.readAllLines(truth)) {
      String[] column = line.split("\t");
      if (column[1].startsWith("valid") || column[1].equals("derived")) {
        Path file = corpus.resolve(column[0]);
        if (Files.size(file) <= MOST_BYTES) {
          ask(file);
        }
      }
    }
    System.out.printf(
        "Record finder: %d of %d answers right, %d files%n", asked - wrong.size(), asked, files);
    assertEquals(List.of(), wrong);
    assertTrue(files > 100, files + " files");
  }

  @Test
  void agreesWithASplittingIndex() throws IOException {
    Path index =
        corpus.resolve("files/disq-bio+disq/src__test__resources__1-with-splitting-index.bam.sbi");
    Assumptions.assumeTrue(Files.exists(index), "no corpus at " + corpus);
    String name = index.toString();
    BytesSource source =
        new BytesSource(name, Files.readAllBytes(Path.of(name.substring(0, name.length() - 4))));
    RecordFinder finder = finder(source, Proof.QUICK);
    long[] starts = SBIIndex.load(index).getVirtualOffsets();
    for (int i = 0; i < starts.length - 1; i++) {
      long found = finder.find(VirtualOffset.block(starts[i]));
      assertTrue(
          VirtualOffset.block(found) <= VirtualOffset.block(starts[i]) && found <= starts[i],
          "start " + i);
      while (finder.next() && finder.virtualOffset() < starts[i]) {}
      assertEquals(starts[i], finder.virtualOffset());
    }
  }

  @Test
  void aMalformedFileGivesAResultOrAnError() throws IOException {
    Path truth = corpus.resolve("truth.tsv");
    Assumptions.assumeTrue(Files.exists(truth), "no corpus at " + corpus);
    for (String line : Files.readAllLines(truth)) {
      String[] column = line.split("\t");
      if (column[1].equals("malformed")) {
        Path file = corpus.resolve(column[0]);
        BytesSource source = new BytesSource(file.toString(), Files.readAllBytes(file));
        for (long position = 1; position < source.size(); position += 1 + source.size() / 100) {
          askMalformed(source, position);
        }
      }
    }
  }

  private void askMalformed(BytesSource source, long position) throws IOException {
    try {
      long found = finder(source, Proof.STRICT).find(position);
      assertTrue(found == RecordFinder.NONE || VirtualOffset.block(found) < source.size());
    } catch (BamFormatException damage) {
      assertTrue(damage.getMessage().startsWith(source.name()));
    }
  }

  private void ask(Path file) throws IOException {
    BytesSource source = new BytesSource(file.toString(), Files.readAllBytes(file));
    RecordStarts truth = new RecordStarts(source.bytes());
    files++;
    for (Proof proof : List.of(Proof.STRICT, Proof.QUICK)) {
      RecordFinder finder = finder(source, proof);
      for (long block : truth.blocks) {
        check(file, block, truth.from(block), finder.findFromBlock(block));
      }
    }
    if (source.bytes().length <= MOST_BYTES_FOR_EVERY_POSITION) {
      RecordFinder finder = finder(source, Proof.STRICT);
      for (int position = 0; position < source.bytes().length; position++) {
        check(file, position, truth.from(position), finder.find(position));
      }
    }
  }

  private RecordFinder finder(BytesSource source, Proof proof) throws IOException {
    BamHeader header = BamHeaderReader.read(source, inflater);
    return new RecordFinder(source, header, inflater, 1 << 28, proof);
  }

  private void check(Path file, long position, long truth, long found) {
    asked++;
    if (truth != found) {
      wrong.add(file.getFileName() + " at " + position + ": " + found + ", not " + truth);
    }
  }
}
