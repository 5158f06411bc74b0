package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.verify.VerifyResult.Outcome;
import org.junit.jupiter.api.io.TempDir;

/** Hand-made Arrow files that are verified against their BAM. */
abstract class Verified {
  static final TagOptions TYPED = TagOptions.defaults().withListed(OddBam.TYPED);
  static final List<String> ALL_NAMES =
      Stream.of(ColumnOptions.CORE, List.of("file", "read_group", "sample", "library"))
          .flatMap(List::stream)
          .toList();

  @TempDir Path folder;

  Path write(Path bam, ColumnOptions columns, TagOptions tags, RowOptions rows) throws Exception {
    Path arrow = folder.resolve("out.arrow");
    new HandMadeArrow(columns, tags, rows).write(bam, arrow);
    return arrow;
  }

  static void assertEqual(long rows, Path bam, Path arrow) throws Exception {
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, line -> {});
    assertEquals(Outcome.EQUAL, result.outcome(), result.message());
    assertEquals(rows, result.rows());
  }
}
