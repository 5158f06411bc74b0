package org.bamarrow.bam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bamarrow.BamFormatException;
import org.bamarrow.bgzf.BlockHeader;
import org.bamarrow.io.ByteSource;

/** Tells by content what a file is that was given as a BAM, for an error that helps. */
final class FileKind {
  private FileKind() {}

  /** Throws where the source does not start with a BGZF block. */
  static void requireBgzf(ByteSource source) throws IOException {
    byte[] head = new byte[BlockHeader.FIXED_BYTES];
    int length = source.read(0, head, 0, head.length);
    String problem;
    if (length == 0) {
      problem = "the file is empty";
    } else if (length < head.length) {
      problem = "the file has only " + length + " bytes";
    } else {
      problem = BlockHeader.problem(head, 0);
    }
    if (problem == null) {
      return;
    }
    String start = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    if (start.startsWith("BAM\1")) {
      problem = "the BAM is not compressed";
      throw error(source, problem, "pack it: samtools view -b IN -o OUT.bam");
    }
    if (start.startsWith("CRAM")) {
      throw error(source, "this is CRAM", "convert it first: samtools view -b IN -o OUT.bam");
    }
    if (start.startsWith("@HD\t") || start.startsWith("@SQ\t")) {
      throw error(source, "this is SAM text", "convert it first: samtools view -b IN -o OUT.bam");
    }
    throw error(source, problem, "check that it is a BAM and was transferred whole");
  }

  private static BamFormatException error(ByteSource source, String problem, String remedy) {
    return new BamFormatException(source.name(), 0, "not a BAM file: " + problem, remedy);
  }
}
