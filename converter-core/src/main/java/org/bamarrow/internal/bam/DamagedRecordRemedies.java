package org.bamarrow.internal.bam;

import static org.bamarrow.errors.OptionKey.COLUMNS;
import static org.bamarrow.errors.OptionKey.LIMIT;
import static org.bamarrow.errors.OptionKey.OTHER_TAGS;
import static org.bamarrow.errors.OptionKey.TAGS;

import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.Sentence;

/** How to read what is sound of a record that is not, or of its file. */
public final class DamagedRecordRemedies {
  /** Behind a problem: bytes whose checksum is right came as they were written. */
  public static final String WRITTEN_SO = "; it was written so: its block's CRC32 is right";

  /** A way, for {@link Remedy#or}. */
  public static final Sentence BEFORE =
      Sentence.of("the records before this one can be read with ", LIMIT);

  /** Of a record that nothing leads past. */
  public static final Remedy RECORD =
      Remedy.of("write the file again with the program that made it");

  /** Of a record of which the auxiliary fields alone are broken. */
  public static final Remedy TAGS_BROKEN =
      Remedy.of(
          "the records without their tags can be read with ",
          TAGS.setTo("none"),
          " ",
          OTHER_TAGS.setTo("none"));

  /** The same, where a filter or a column asks for a tag. */
  public static final Remedy TAG_WANTED =
      Remedy.of("leave out the filters and columns that ask for tags to read past it");

  /** Of a CIGAR that cannot be. */
  public static final Remedy CIGAR =
      Remedy.of("leave the columns 'end' and 'cigar' out with ", COLUMNS, " to read past it");

  /** Of a CIGAR that can be shown, but not measured. */
  public static final Remedy END =
      Remedy.of(
          "leave the column 'end' out with ", COLUMNS, " to see the record as it was written");

  private DamagedRecordRemedies() {}
}
