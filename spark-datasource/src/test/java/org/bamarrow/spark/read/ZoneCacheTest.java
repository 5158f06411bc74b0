package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.bamarrow.internal.ipc.ZoneTable;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.BamFile;
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

  private static TableFiles files(Path data) {
    return new TableFiles(
        Map.of("path", "parts://" + data, "fs.parts.impl", PartsFileSystem.class.getName()),
        LocalSpark.SESSION);
  }

  /** Reads of the file until the batches are known that a condition needs. */
  private static long reads(ZoneCache cache, Path data, RawPredicate condition) throws IOException {
    TableFiles files = files(data);
    BamFile one = files.files().get(0);
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

  /** Stands for a failure of the file system: the next reading of the same file is not invalid. */
  @Test
  void zonesThatCouldNotBeReadAreReadAgain() throws IOException {
    ZoneCache cache = new ZoneCache(10_000);
    Path failing = copy(file, "failing.arrow", LONG_AGO);
    byte[] bytes = Files.readAllBytes(failing);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int zones = text.indexOf("/////", text.lastIndexOf(ZoneTable.KEY)); // a message in Base64
    byte[] invalid = bytes.clone();
    invalid[zones] = '!';
    Files.write(failing, invalid);
    Files.setLastModifiedTime(failing, LONG_AGO);
    TableFiles files = files(failing);
    RawPredicate condition = above(Column.POS, 100);
    BamFile one = files.files().get(0);
    assertNull(cache.zones(one, files.settings(), condition, List.of()).located());
    Files.write(failing, bytes);
    Files.setLastModifiedTime(failing, LONG_AGO);
    assertTrue(reads(cache, failing, condition) > 0);
    assertEquals(0, reads(cache, failing, condition));
  }

  @Test
  void whatIsKeptIsBounded() throws IOException {
    Path one = copy(file, "one.arrow", LONG_AGO);
    Path other = copy(smaller, "other.arrow", LONG_AGO);
    RawPredicate condition = above(Column.MAPQ, 20);
    TableFiles files = files(one);
    int columns =
        new ZoneCache(0)
            .zones(files.files().get(0), files.settings(), condition, List.of())
            .columns()
            .columns()
            .size();
    ZoneCache small =
        new ZoneCache(110 + columns); // 100 zones and 25, of files with as many columns
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
