package org.bamarrow.internal.bam;

import static org.bamarrow.errors.OptionKey.COLUMNS;
import static org.bamarrow.errors.OptionKey.LIMIT;
import static org.bamarrow.errors.OptionKey.OTHER_TAGS;
import static org.bamarrow.errors.OptionKey.TAGS;

import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.Sentence;

/** Remedies for invalid records: how to read the valid parts of the record or of its file. */
public final class DamagedRecordRemedies {
  /** Appended to a problem: the block's checksum is correct, so the file was written this way. */
  public static final String WRITTEN_SO =
      "; the CRC32 of the block is correct, so the record was written this way";

  /** An alternative, for {@link Remedy#or}. */
  public static final Sentence BEFORE =
      Sentence.of("the records before this one can be read with ", LIMIT);

  /** For a record that cannot be skipped. */
  public static final Remedy RECORD =
      Remedy.of("write the file again with the program that made it");

  /** For a record with invalid auxiliary fields. */
  public static final Remedy TAGS_INVALID =
      Remedy.of(
          "the records without their tags can be read with ",
          TAGS.setTo("none"),
          " ",
          OTHER_TAGS.setTo("none"));

  /** For invalid auxiliary fields if a filter or column needs a tag. */
  public static final Remedy TAG_REQUIRED =
      Remedy.of("remove the filters and columns that use tags to read the record");

  /** For an invalid CIGAR. */
  public static final Remedy CIGAR =
      Remedy.of("leave out the columns 'end' and 'cigar' with ", COLUMNS, " to read the record");

  /** For a CIGAR that can be printed, but whose length is invalid. */
  public static final Remedy END =
      Remedy.of(
          "leave out the column 'end' with ", COLUMNS, " to read the record as it was written");

  private DamagedRecordRemedies() {}
}
