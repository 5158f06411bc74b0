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

/** Detects by content the type of a file that is not a BAM, for the error message. */
final class FileKind {
  /**
   * Bytes read from the start of the file, enough for a SAM line or the first compressed bytes of
   * gzip.
   */
  private static final int HEAD_BYTES = 1 << 14;

  private static final String TO_BAM = "convert it first: samtools view -b IN -o OUT.bam";
  private static final String CHECK = "check that it is a BAM and was transferred completely";
  private static final String ARROW =
      "it can be read with the commands view, head, count, schema and verify";
  private static final String NO_ALIGNMENTS =
      "align the reads first and use the BAM of the aligner";

  /** A file type by its first bytes. */
  private record Magic(String bytes, String what, String remedy) {
    Magic(int[] bytes, String what, String remedy) {
      this(new String(bytes, 0, bytes.length), what, remedy);
    }
  }

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(
              "BAM\1", "the BAM is not compressed", "compress it: samtools view -b IN -o OUT.bam"),
          new Magic("CRAM", "this is CRAM", TO_BAM),
          new Magic("BAI\1", "this is a BAI, an index of a BAM", "use the BAM itself"),
          new Magic("CSI\1", "this is a CSI, an index of a BAM", "use the BAM itself"),
          new Magic("SBI\1", "this is an SBI, an index of a BAM", "use the BAM itself"),
          new Magic("BCF\2", "this is BCF: variants, not alignments", CHECK),
          new Magic("##fileformat=VCF", "this is VCF: variants, not alignments", CHECK),
          new Magic("ARROW1", "this is an Arrow file", ARROW),
          new Magic("PAR1", "this is Parquet", CHECK),
          new Magic("PK\3\4", "this is a ZIP archive", "decompress it first"),
          new Magic("BZh", "this is compressed with bzip2", "decompress it first: bunzip2"),
          new Magic(
              new int[] {0x28, 0xb5, 0x2f, 0xfd},
              "this is compressed with zstd",
              "decompress it first"),
          new Magic(
              new int[] {0xfd, '7', 'z', 'X', 'Z'},
              "this is compressed with xz",
              "decompress it first"),
          new Magic(
              "version https://git-lfs",
              "this is a Git LFS pointer, not the file",
              "download the file: git lfs pull"),
          new Magic("<", "this is HTML or XML, such as the error page of a server", CHECK));

  /** A record of SAM text without a header: QNAME, FLAG, RNAME, POS, MAPQ and so on. */
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

  /** Throws if the source does not start with a BGZF block. */
  static void requireBgzf(ByteSource source) throws IOException {
    byte[] head = new byte[BlockHeader.FIXED_BYTES];
    int length = source.read(0, head, 0, head.length);
    if (length == 0) {
      throw error(source, "the file is empty", CHECK);
    }
    String problem =
        length < head.length
            ? "the file has only " + length + " bytes"
            : BlockHeader.problem(head, 0);
    if (problem != null) {
      throw notBgzf(source, problem, CHECK);
    }
  }

  /**
   * The error for a source that starts with a BGZF block without a BAM header.
   *
   * @param inflated the block's bytes
   */
  static BamFormatException notBam(ByteSource source, byte[] inflated) {
    String start = new String(inflated, ISO_8859_1);
    if (start.startsWith(GZIP)) {
      return doublyCompressed(source, "bgzip");
    }
    Magic kind = kind(start);
    return kind == null
        ? error(source, "BGZF without the BAM magic", CHECK)
        : error(source, kind.what + ", compressed with bgzip", kind.remedy);
  }

  /** The error for the detected type, or the given problem if the type is unknown. */
  private static BamFormatException notBgzf(ByteSource source, String problem, String remedy)
      throws IOException {
    byte[] head = new byte[HEAD_BYTES];
    int length = source.read(0, head, 0, head.length);
    String start = new String(head, 0, length, ISO_8859_1);
    if (start.startsWith(GZIP)) {
      return gzipped(source, Arrays.copyOf(head, length), problem, remedy);
    }
    Magic kind = kind(start);
    return kind == null ? error(source, problem, remedy) : error(source, kind.what, kind.remedy);
  }

  private static BamFormatException gzipped(
      ByteSource source, byte[] head, String problem, String remedy) {
    byte[] inside = new byte[0];
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(head))) {
      inside = gzip.readNBytes(HEAD_BYTES / 2);
    } catch (IOException damaged) {
      return error(source, problem, remedy); // its content cannot be detected
    }
    String start = new String(inside, ISO_8859_1);
    if (start.startsWith(GZIP)) {
      return doublyCompressed(source, "gzip");
    }
    if (start.startsWith("BAM\1")) {
      return error(
          source,
          "a BAM compressed with gzip instead of bgzip",
          "compress it with bgzip: gunzip -c IN | samtools view -b -o OUT.bam");
    }
    Magic kind = kind(start);
    return kind == null
        ? error(source, problem, remedy)
        : error(source, kind.what + ", compressed with gzip", kind.remedy);
  }

  /** Null if the type is unknown. */
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
      return new Magic("", "this is an Arrow stream", ARROW);
    }
    return MAGICS.stream().filter(magic -> text.startsWith(magic.bytes)).findFirst().orElse(null);
  }

  private static BamFormatException doublyCompressed(ByteSource source, String tool) {
    String problem = "a compressed file, compressed again with " + tool;
    return error(source, problem, "decompress it once: gunzip -c IN > OUT.bam");
  }

  private static BamFormatException error(ByteSource source, String problem, String remedy) {
    return new BamFormatException(source.name(), 0, "not a BAM file: " + problem, remedy);
  }
}
