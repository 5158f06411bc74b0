package org.bamarrow.internal.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;

/** The files that the filters are tried on. */
public final class FilterFiles {
  private static final int LARGEST = 120_000;

  private FilterFiles() {}

  public static List<DecodedBam> all(Path folder) throws IOException {
    List<DecodedBam> all = new ArrayList<>();
    Path edge = folder.resolve("edge.bam");
    SynthBam.write(edge, SynthOptions.of(SynthProfile.EDGE, 320, 5));
    all.add(DecodedBam.read(edge, false, false));
    all.add(DecodedBam.read(edge, true, false));
    Path sorted = folder.resolve("short.bam");
    SynthBam.write(sorted, SynthOptions.of(SynthProfile.SHORT, 400, 6));
    all.add(DecodedBam.read(sorted, true, false));
    all.add(DecodedBam.read(bent(edge, folder.resolve("bent.bam")), false, true));
    for (Path file : corpus()) {
      all.add(DecodedBam.read(file, all.size() % 2 == 0, false));
    }
    return all;
  }

  /** Small valid files; none if the corpus is missing. */
  static List<Path> corpus() throws IOException {
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    Path truth = corpus.resolve("truth.tsv");
    List<Path> files = new ArrayList<>();
    if (!Files.exists(truth)) {
      System.out.println("the corpus is not there, its files are left out: " + corpus);
      return files;
    }
    for (String line : Files.readAllLines(truth)) {
      String[] fields = line.split("\t");
      if (fields[1].startsWith("valid")
          && !fields[9].equals("0")
          && Long.parseLong(fields[5]) < LARGEST) {
        files.add(corpus.resolve(fields[0]));
      }
    }
    return files;
  }

  /**
   * The file with other references, positions (negative ones too), flags and mapping qualities,
   * with names and texts that are Latin-1, and with duplicate tags and tags that have another's
   * type.
   */
  private static Path bent(Path file, Path to) throws IOException {
    ArraySlice slice = DecodedBam.slice(file);
    byte[] data = slice.data();
    Random random = new Random(7);
    AuxCursor aux = new AuxCursor();
    String[] names = {"XI", "XA", "fa", "Bc", "CG"};
    for (int row = 0; row < slice.count(); row++) {
      int start = slice.start(row);
      data[start + RecordLayout.MAPQ] = (byte) (250 + random.nextInt(8));
      for (int field : new int[] {RecordLayout.REF_ID, RecordLayout.NEXT_REF_ID}) {
        LittleEndian.int32(data, start + field, random.nextInt(5) - 1);
      }
      for (int field : new int[] {RecordLayout.POS, RecordLayout.NEXT_POS}) {
        LittleEndian.int32(data, start + field, random.nextInt(60) - 10);
      }
      if (random.nextBoolean()) {
        LittleEndian.int32(data, start + RecordLayout.POS, -1);
      }
      data[start + RecordLayout.READ_NAME] |= (byte) (random.nextInt(8) == 0 ? 0x80 : 0);
      aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
      while (aux.next()) {
        if (aux.type() == 'Z' && aux.length() > 0 && random.nextBoolean()) {
          data[aux.value()] |= (byte) 0x80;
        }
        if (random.nextInt(3) == 0) {
          String name = names[random.nextInt(names.length)];
          data[aux.start()] = (byte) name.charAt(0);
          data[aux.start() + 1] = (byte) name.charAt(1);
        }
      }
    }
    return Files.write(to, new BgzfBytes(0).blocks(data, () -> 60_000).end().bytes());
  }
}
