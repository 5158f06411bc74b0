package org.bamarrow.internal.index;

import java.io.IOException;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.io.ByteSource;

/**
 * An index of a BAM; its type is detected by content. It must be checked against the file by {@link
 * IndexCheck} before use.
 *
 * <p>The parsers of htsjdk (4.3.0) do not validate counts: invalid input causes OutOfMemoryError
 * (n_chunk, the number of SBI offsets), NegativeArraySizeException (n_ref, l_aux) or a wrong result
 * (n_bin -1 is read as a reference without reads, a huge n_intv as 2^63 reads without coordinates).
 */
public sealed interface BamIndex permits BinningIndex, SplittingIndex {
  /** The index does not have this information. */
  long UNKNOWN = -1;

  /** The index file's name as the user gave it. */
  String name();

  /** Number of records of the BAM, or {@link #UNKNOWN}. */
  long records();

  /** Virtual offsets of records, ascending and distinct: exact starts for splits. */
  long[] offsets();

  /**
   * Reads a BAI (SAM specification 5.2), a CSI (CSIv1, BGZF-compressed or not) or an SBI. Memory is
   * bounded by the data that is in the file, not by the counts in the index.
   *
   * @param source owned by the caller
   * @param references number of references in the BAM's header; an index with another number
   *     belongs to another file, which is detected before memory is allocated
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
      case "TBI\1" ->
          throw bytes.unusable("it is a tabix index (TBI), which does not apply to BAM");
      default -> throw bytes.unusable("it is not a BAI, CSI or SBI index (unknown magic)");
    };
  }
}
