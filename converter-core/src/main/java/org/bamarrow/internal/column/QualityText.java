package org.bamarrow.internal.column;

import java.io.IOException;

/** QUAL as Phred+33 text; null if missing. */
final class QualityText extends TextColumn {
  private final Qualities qualities = Qualities.text();

  QualityText(BatchMemory memory) {
    super(memory);
  }

  @Override
  void append(RecordGroup records) throws IOException {
    for (int i = 0; i < records.count; i++) {
      if (qualities.append(records, i, text)) {
        values.end(records.row + i);
      } else {
        values.endNull(records.row + i);
      }
    }
  }

  @Override
  long qualitiesTakenAsMissing() {
    return qualities.takenAsMissing();
  }
}
