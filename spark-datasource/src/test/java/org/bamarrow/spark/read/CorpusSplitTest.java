package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.bamarrow.spark.Corpus;
import org.junit.jupiter.api.Test;

/** Every sound BAM of the corpus, read by the source's readers without a job for each. */
class CorpusSplitTest {
  private static final long LARGEST = 4 << 20;

  @Test
  void splitsGiveTheRowsOfTheWhole() throws IOException {
    List<String> wrong = new ArrayList<>();
    int files = 0;
    for (Path bam : Corpus.sound()) {
      if (Files.size(bam) > LARGEST) {
        continue;
      }
      files++;
      try {
        List<String> whole = rows(bam, "splitting", "file");
        long part = Files.size(bam) / 5 + 1;
        if (!whole.equals(rows(bam, "splitBytes", String.valueOf(part)))) {
          wrong.add(bam + " in splits of " + part);
        }
      } catch (IOException | RuntimeException e) {
        wrong.add(bam + ": " + e);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(files > 100, files + " files");
  }

  /** The rows with their offsets, long values as hashes. */
  private static List<String> rows(Path bam, String option, String value) throws IOException {
    Batch batch =
        Batches.of(
            bam,
            option,
            value,
            "textEncoding",
            "latin-1",
            "columns",
            "qname,flag,rname,pos,cigar,seq,qual,voffset,other_tags",
            "otherTags",
            "all");
    List<String> rows = new ArrayList<>();
    for (InputPartition partition : batch.planInputPartitions()) {
      try (PartitionReader<ColumnarBatch> reader =
          batch.createReaderFactory().createColumnarReader(partition)) {
        while (reader.next()) {
          reader.get().rowIterator().forEachRemaining(row -> rows.add(text(row)));
        }
      }
    }
    return rows;
  }

  private static String text(InternalRow row) {
    return row.getUTF8String(0)
        + " "
        + row.getInt(1)
        + " "
        + row.getUTF8String(2)
        + " "
        + (row.isNullAt(3) ? -1 : row.getInt(3))
        + " "
        + row.getUTF8String(4)
        + " "
        + row.getLong(7)
        + " "
        + Arrays.asList(row.getUTF8String(5), row.getUTF8String(6)).hashCode()
        + " "
        + row.getMap(8).numElements();
  }
}
