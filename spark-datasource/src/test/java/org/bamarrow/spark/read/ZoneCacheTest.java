package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.bamarrow.internal.filter.Operator;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.PartsFileSystem;
import org.bamarrow.spark.files.TableFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zones of files that do not change are read once; those of others, and other statistics, anew. */
class ZoneCacheTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_500_000_000_000L);

  @TempDir static Path folder;
  private static Path file;
  private static Path smaller;

  @BeforeAll
  static void make() throws IOException {
    file = SortedReads.in(Files.createDirectory(folder.resolve("a")), 20_000).file();
    smaller = SortedReads.in(Files.createDirectory(folder.resolve("b")), 5_000).file();
  }

  private static Path copy(Path of, String name, FileTime modified) throws IOException {
    Path to = folder.resolve(name);
    Files.deleteIfExists(to);
    Files.copy(of, to);
    return Files.setLastModifiedTime(to, modified);
  }

  private static RawPredicate above(Column column, long value) {
    return new IntegerCompare(RawField.of(column), Operator.GREATER, value);
  }

  /** Reads of the file until the batches are known that a condition needs. */
  private static long reads(ZoneCache cache, Path data, RawPredicate condition) throws IOException {
    TableFiles files =
        new TableFiles(
            Map.of("path", "parts://" + data, "fs.parts.impl", PartsFileSystem.class.getName()),
            LocalSpark.SESSION);
    var one = files.files().get(0);
    long before = PartsFileSystem.reads();
    ZoneCache.Found found = cache.zones(one, files.settings(), condition, List.of());
    long reads = PartsFileSystem.reads() - before;
    ZoneCache.Found anew = new ZoneCache(0).zones(one, files.settings(), condition, List.of());
    assertEquals(
        anew.located().wanted(anew.condition()), found.located().wanted(found.condition()));
    return reads;
  }

  @Test
  void aFileThatIsTheSameIsReadOnce() throws IOException {
    ZoneCache cache = new ZoneCache(10_000);
    Path same = copy(file, "same.arrow", LONG_AGO);
    assertTrue(reads(cache, same, above(Column.POS, 100)) > 0);
    assertEquals(0, reads(cache, same, above(Column.POS, 5_000)));
    assertTrue(reads(cache, same, above(Column.MAPQ, 20)) > 0, "other statistics");
  }

  @Test
  void aFileThatMayHaveChangedIsReadAgain() throws IOException {
    ZoneCache cache = new ZoneCache(10_000);
    Path changing = copy(file, "changing.arrow", LONG_AGO);
    assertTrue(reads(cache, changing, above(Column.POS, 100)) > 0);
    copy(smaller, "changing.arrow", LONG_AGO);
    assertTrue(reads(cache, changing, above(Column.POS, 100)) > 0, "another length");
    Files.setLastModifiedTime(changing, FileTime.fromMillis(LONG_AGO.toMillis() + 1_000));
    assertTrue(reads(cache, changing, above(Column.POS, 100)) > 0, "another time");
    Files.setLastModifiedTime(changing, FileTime.fromMillis(System.currentTimeMillis()));
    assertTrue(reads(cache, changing, above(Column.POS, 100)) > 0);
    assertTrue(reads(cache, changing, above(Column.POS, 100)) > 0, "it may change again");
  }

  @Test
  void whatIsKeptIsBounded() throws IOException {
    Path one = copy(file, "one.arrow", LONG_AGO);
    Path other = copy(smaller, "other.arrow", LONG_AGO);
    RawPredicate condition = above(Column.MAPQ, 20);
    ZoneCache small = new ZoneCache(110); // 100 zones and 25
    assertTrue(reads(small, one, condition) > 0);
    assertEquals(0, reads(small, one, condition));
    assertTrue(reads(small, other, condition) > 0);
    assertEquals(0, reads(small, other, condition));
    assertNotEquals(0, reads(small, one, condition), "given up for the other");
    ZoneCache none = new ZoneCache(50);
    assertTrue(reads(none, one, condition) > 0);
    assertTrue(reads(none, one, condition) > 0, "too large");
  }

  @Test
  void queriesOfAReplacedFileGiveItsRows() throws IOException {
    Path replaced = copy(file, "replaced.arrow", LONG_AGO);
    String condition = "pos > 3000 and mapq > 10";
    for (Path now : List.of(file, smaller, file)) {
      copy(now, "replaced.arrow", LONG_AGO);
      for (int i = 0; i < 2; i++) {
        assertEquals(
            LocalSpark.read(now, "pushdown", "false").filter(condition).count(),
            LocalSpark.read(replaced).filter(condition).count());
      }
    }
  }
}
