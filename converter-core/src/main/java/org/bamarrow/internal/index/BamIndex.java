package org.bamarrow.internal.index;

import java.io.IOException;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.io.ByteSource;

/**
 * An index of a BAM, told apart by its content. Nothing in it is believed before {@link IndexCheck}
 * has set it beside the file.
 *
 * <p>The parsers are our own: under bad input htsjdk's (4.3.0) take a count as it stands, which
 * ends in OutOfMemoryError (n_chunk, the number of SBI offsets), NegativeArraySizeException (n_ref,
 * l_aux) or, worst, in an answer (n_bin -1 is read as a reference without reads, a huge n_intv as
 * 2^63 reads without coordinates).
 */
public sealed interface BamIndex permits BinningIndex, SplittingIndex {
  /** The index does not tell. */
  long UNKNOWN = -1;

  /** The index file's name as the user gave it. */
  String name();

  /** Number of records of the BAM, or {@link #UNKNOWN}. */
  long records();

  /** Virtual offsets of records, ascending, each once: exact starts for splits. */
  long[] offsets();

  /**
   * Reads a BAI (SAM specification 5.2), a CSI (CSIv1, BGZF-compressed or not) or an SBI. Memory
   * follows the bytes that are there, never the counts that the index claims.
   *
   * @param source stays the caller's
   * @param references number of references in the BAM's header: an index that claims others is not
   *     its own, which shows before anything is made of the claim
   * @throws UnusableIndexException if it is none of these, damaged, or too large for the heap
   */
  static BamIndex read(ByteSource source, BlockInflater inflater, int references)
      throws IOException {
    IndexBytes bytes = IndexBytes.load(source, inflater);
    String magic = bytes.magic();
    return switch (magic) {
      case "BAI\1" -> BinningIndexReader.bai(bytes, references);
      case "CSI\1" -> BinningIndexReader.csi(bytes, references);
      case "SBI\1" -> SplittingIndex.read(bytes);
      case "TBI\1" -> throw bytes.unusable("it is a tabix index, which no BAM has");
      default ->
          throw bytes.unusable("it is no BAI, CSI or SBI: its first bytes are none of theirs");
    };
  }
}
