package org.bamarrow.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.Samtools;

/** A seeded BAM with every kind of field, null and tag, made by samtools from SAM text. */
final class OddBam {
  static final int RECORDS = 230;
  static final List<TagType> TYPED =
      java.util.stream.Stream.of(
              "NM:i", "MD:Z", "XA:A", "XF:f", "XH:H", "XM:i", "Bc:B:c", "BC:B:C", "Bs:B:s",
              "BS:B:S", "Bi:B:i", "BI:B:I", "Bf:B:f")
          .map(TagType::parse)
          .toList();

  private static final String HEADER =
      """
      @HD\tVN:1.6\tSO:unsorted
      @SQ\tSN:chr1\tLN:100000
      @SQ\tSN:chr2\tLN:2000000000
      @RG\tID:one\tSM:first\tLB:lib
      @RG\tID:two\tSM:second
      """;
  private static final String[] TAGS = {
    "NM:i:%d",
    "MD:Z:text %d",
    "XA:A:q",
    "XF:f:%3$d.25",
    "XH:H:1AFF",
    "XH:H:",
    "XM:i:%d",
    "XM:Z:x7",
    "XM:i:-7",
    "Bc:B:c,1,-128,%3$d",
    "BC:B:C,255,%3$d",
    "Bs:B:s,-32768,%d",
    "BS:B:S,65535,%d",
    "Bi:B:i,-%d,2147483647",
    "BI:B:I,4294967295,%d",
    "Bf:B:f,0.5,-%d,3.25e+10",
    "Bc:B:s,300",
    "RG:Z:one",
    "RG:Z:two",
    "RG:Z:none",
    "CB:Z:ACGT-%d",
    "ZZ:i:4294967295",
    "YY:i:-%d",
    "NM:i:300",
    "XF:i:%d",
    "MD:Z:",
    "BI:B:I"
  };

  private OddBam() {}

  static Path make(Path folder, int seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder sam = new StringBuilder(HEADER);
    for (int i = 0; i < RECORDS; i++) {
      sam.append(record(random, i)).append('\n');
    }
    Path text = folder.resolve("odd" + seed + ".sam");
    Path bam = folder.resolve("odd" + seed + ".bam");
    Files.write(text, sam.toString().getBytes(US_ASCII));
    Samtools.run("view", "--no-PG", "-b", "-o", bam.toString(), text.toString());
    return bam;
  }

  private static String record(Random random, int number) {
    boolean placed = random.nextInt(8) > 0;
    boolean mapped = placed && random.nextInt(8) > 0;
    int length = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(40);
    String rname = placed ? "chr" + (1 + random.nextInt(2)) : "*";
    StringBuilder line = new StringBuilder();
    line.append(random.nextInt(20) == 0 ? "*" : "read:" + number / 2).append('\t');
    line.append(random.nextInt(1 << 12) & ~4 | (mapped ? 0 : 4)).append('\t');
    line.append(rname).append('\t').append(placed ? 1 + random.nextInt(90000) : 0).append('\t');
    line.append(random.nextInt(5) == 0 ? 255 : random.nextInt(61)).append('\t');
    line.append(cigar(random, mapped ? length : 0)).append('\t');
    String rnext = new String[] {"*", "=", "chr1", "chr2"}[random.nextInt(4)];
    line.append(rnext.equals("=") && !placed ? "*" : rnext).append('\t');
    line.append(rnext.equals("*") ? 0 : 1 + random.nextInt(90000)).append('\t');
    line.append(random.nextInt(2000) - 1000).append('\t');
    line.append(letters(random, length, "=ACMGRSVTWYHKDBN")).append('\t');
    line.append(random.nextInt(5) == 0 ? "*" : letters(random, length, "!#5?BIJ~"));
    int tags = random.nextInt(9);
    for (int i = 0; i < tags; i++) {
      String tag = TAGS[random.nextInt(TAGS.length)];
      line.append('\t').append(tag.formatted(random.nextInt(30000), 0, random.nextInt(100)));
    }
    return line.toString();
  }

  private static String cigar(Random random, int length) {
    if (length < 5 || random.nextInt(10) == 0) {
      return "*";
    }
    return random.nextInt(3) == 0
        ? length + "M"
        : "3H2S1I" + random.nextInt(50) + "D" + (length - 4) + "=10N1P1X";
  }

  private static String letters(Random random, int length, String alphabet) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return length == 0 ? "*" : letters.toString();
  }
}
