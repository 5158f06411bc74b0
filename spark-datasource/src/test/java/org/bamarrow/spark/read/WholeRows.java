package org.bamarrow.spark.read;

import java.util.List;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TextEncoding;

/** Everything of every record, in columns that do not depend on the file. */
public final class WholeRows {
  /** For the core. */
  public static final ConvertOptions CORE =
      ConvertOptions.defaults()
          .withColumns(ColumnOptions.defaults().withTextEncoding(TextEncoding.LATIN_1))
          .withTags(TagOptions.NONE.withOther(OtherTags.ALL));

  /** The same for Spark, pairs of name and value. */
  public static final List<String> OPTIONS =
      List.of("textEncoding", "latin-1", "tags", "none", "otherTags", "all");

  private WholeRows() {}
}
