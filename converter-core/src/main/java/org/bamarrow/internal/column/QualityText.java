package org.bamarrow.internal.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.RecordSlice;

/** QUAL as Phred+33 text; null if missing. */
final class QualityText extends TextColumn {
  private final Qualities qualities = Qualities.text();

  QualityText(Field field) {
    super(field);
  }

  @Override
  void append(RecordSlice slice, int first, int from, int to) throws IOException {
    for (int row = from; row < to; row++) {
      if (qualities.append(slice, first + row, text)) {
        end(row);
      } else {
        endNull(row);
      }
    }
  }

  @Override
  long qualitiesTakenAsMissing() {
    return qualities.takenAsMissing();
  }
}
