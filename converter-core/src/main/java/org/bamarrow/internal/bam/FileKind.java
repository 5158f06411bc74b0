package org.bamarrow.internal.bam;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;

/** Tells by content what a file is that was given as a BAM, for an error that helps. */
final class FileKind {
  /** Of the file's begin; a SAM line or the first bytes that gzip hides are found in so many. */
  private static final int HEAD_BYTES = 1 << 14;

  private static final String TO_BAM = "convert it first: samtools view -b IN -o OUT.bam";
  private static final String WHOLE = "check that it is a BAM and was transferred whole";
  private static final String ARROW =
      "view, head, schema and verify of the command line read it as it is";
  private static final String NO_ALIGNMENTS =
      "that is no alignment: map the reads first, the mapper's BAM is what is read";

  /** What begins with these bytes. */
  private record Magic(String bytes, String what, String remedy) {
    Magic(int[] bytes, String what, String remedy) {
      this(new String(bytes, 0, bytes.length), what, remedy);
    }
  }

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(
              "BAM\1", "the BAM is not compressed", "pack it: samtools view -b IN -o OUT.bam"),
          new Magic("CRAM", "this is CRAM", TO_BAM),
          new Magic("BAI\1", "this is a BAI, the index of a BAM", "name the BAM itself"),
          new Magic("CSI\1", "this is a CSI, the index of a BAM", "name the BAM itself"),
          new Magic("SBI\1", "this is an SBI, the index of a BAM", "name the BAM itself"),
          new Magic("BCF\2", "this is BCF: variants, not alignments", WHOLE),
          new Magic("##fileformat=VCF", "this is VCF: variants, not alignments", WHOLE),
          new Magic("ARROW1", "this is an Arrow file already", ARROW),
          new Magic("PAR1", "this is Parquet", WHOLE),
          new Magic("PK\3\4", "this is a ZIP archive", "unpack it first"),
          new Magic("BZh", "this is packed with bzip2", "unpack it first: bunzip2"),
          new Magic(
              new int[] {0x28, 0xb5, 0x2f, 0xfd}, "this is packed with zstd", "unpack it first"),
          new Magic(new int[] {0xfd, '7', 'z', 'X', 'Z'}, "this is packed with xz", "unpack it"),
          new Magic(
              "version https://git-lfs",
              "this is a pointer of Git LFS, not the file",
              "get the file: git lfs pull"),
          new Magic("<", "this is HTML or XML, as a server's error page is", WHOLE));

  /** A record of SAM text, without a header: QNAME, FLAG, RNAME, POS, MAPQ and so on. */
  private static final Pattern SAM_RECORD =
      Pattern.compile("[^\\t\\n]{1,254}\\t\\d{1,5}\\t[^\\t\\n]+\\t\\d{1,10}\\t\\d{1,3}\\t");

  private static final Pattern SAM_HEADER = Pattern.compile("@(HD|SQ|RG|PG)\\t|@CO[\\t\\r\\n]");
  private static final Pattern FASTQ = Pattern.compile("@[^\\t\\n]*\\r?\\n[A-Za-z.*]+\\r?\\n\\+");
  private static final Pattern FASTA = Pattern.compile(">[^\\n]*\\n[A-Za-z*-]+");

  /** The continuation marker, then the length of a schema, which is below 16 MiB. */
  private static final Pattern ARROW_STREAM =
      Pattern.compile("\u00ff{4}.{3}\u0000", Pattern.DOTALL);

  private static final String GZIP = "\u001f\u008b";
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private FileKind() {}

  /** Throws where the source does not start with a BGZF block. */
  static void requireBgzf(ByteSource source) throws IOException {
    byte[] head = new byte[BlockHeader.FIXED_BYTES];
    int length = source.read(0, head, 0, head.length);
    if (length == 0) {
      throw error(source, "the file is empty", WHOLE);
    }
    String problem =
        length < head.length
            ? "the file has only " + length + " bytes"
            : BlockHeader.problem(head, 0);
    if (problem != null) {
      throw told(source, problem, WHOLE);
    }
  }

  /**
   * The error of a source that starts with a BGZF block, in which no BAM begins.
   *
   * @param inflated the block's bytes
   */
  static BamFormatException noBam(ByteSource source, byte[] inflated) {
    String start = new String(inflated, ISO_8859_1);
    if (start.startsWith(GZIP)) {
      return onceMore(source, "bgzip");
    }
    Magic kind = kind(start);
    return kind == null
        ? error(source, "BGZF, but without the BAM magic", WHOLE)
        : error(source, kind.what + ", packed with bgzip", kind.remedy);
  }

  /** What its first bytes tell, or else what is known already. */
  private static BamFormatException told(ByteSource source, String problem, String remedy)
      throws IOException {
    byte[] head = new byte[HEAD_BYTES];
    int length = source.read(0, head, 0, head.length);
    String start = new String(head, 0, length, ISO_8859_1);
    if (start.startsWith(GZIP)) {
      return packed(source, Arrays.copyOf(head, length), problem, remedy);
    }
    Magic kind = kind(start);
    return kind == null ? error(source, problem, remedy) : error(source, kind.what, kind.remedy);
  }

  private static BamFormatException packed(
      ByteSource source, byte[] head, String problem, String remedy) {
    byte[] inside = new byte[0];
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(head))) {
      inside = gzip.readNBytes(HEAD_BYTES / 2);
    } catch (IOException damaged) {
      return error(source, problem, remedy); // what lies in it cannot be told
    }
    String start = new String(inside, ISO_8859_1);
    if (start.startsWith(GZIP)) {
      return onceMore(source, "gzip");
    }
    if (start.startsWith("BAM\1")) {
      return error(
          source,
          "a BAM packed with gzip instead of bgzip",
          "pack it anew: gunzip -c IN | samtools view -b -o OUT.bam");
    }
    Magic kind = kind(start);
    return kind == null
        ? error(source, problem, remedy)
        : error(source, kind.what + ", packed with gzip", kind.remedy);
  }

  /** Null: not known. */
  private static Magic kind(String start) {
    String text = start.startsWith(BYTE_ORDER_MARK) ? start.substring(3) : start;
    if (SAM_HEADER.matcher(text).lookingAt()) {
      return new Magic("", "this is SAM text", TO_BAM);
    }
    if (SAM_RECORD.matcher(text).lookingAt()) {
      return new Magic(
          "",
          "this is SAM text without a header",
          "convert it with the references' names and lengths: samtools view -b -t REF.fa.fai IN -o"
              + " OUT.bam");
    }
    if (FASTQ.matcher(text).lookingAt()) {
      return new Magic("", "this is FASTQ", NO_ALIGNMENTS);
    }
    if (FASTA.matcher(text).lookingAt()) {
      return new Magic("", "this is FASTA", NO_ALIGNMENTS);
    }
    if (ARROW_STREAM.matcher(text).lookingAt()) {
      return new Magic("", "this is an Arrow stream already", ARROW);
    }
    return MAGICS.stream().filter(magic -> text.startsWith(magic.bytes)).findFirst().orElse(null);
  }

  private static BamFormatException onceMore(ByteSource source, String tool) {
    String problem = "a BAM or other packed file, packed with " + tool + " once more";
    return error(source, problem, "unpack it once: gunzip -c IN > OUT.bam");
  }

  private static BamFormatException error(ByteSource source, String problem, String remedy) {
    return new BamFormatException(source.name(), 0, "not a BAM file: " + problem, remedy);
  }
}
