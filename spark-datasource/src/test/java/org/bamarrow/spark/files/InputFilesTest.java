package org.bamarrow.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.bamarrow.spark.options.SparkOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void make() throws IOException {
    for (String name :
        List.of(
            "b.bam",
            "a.bam",
            "a.bam.bai",
            "a.csi",
            "a.sbi",
            "_SUCCESS",
            ".a.bam.crc",
            "x[1].bam",
            "deep/c.bam",
            "deep/_temporary/d.bam",
            "reads")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<String> list(String path, String... options) throws IOException {
    Map<String, String> all = new HashMap<>();
    if (path != null) {
      all.put("path", path);
    }
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    String root = folder.toUri().getPath();
    return InputFiles.list(new SparkOptions(all), new Configuration()).stream()
        .map(file -> file.getPath().toUri().getPath().substring(root.length()))
        .toList();
  }

  @Test
  void aDirectoryGivesItsFilesByNameWithoutHiddenOnesAndIndexes() throws IOException {
    assertEquals(List.of("a.bam", "b.bam", "reads", "x[1].bam"), list(folder.toString()));
    assertEquals(
        List.of("a.bam", "b.bam", "deep/c.bam", "reads", "x[1].bam"),
        list(folder.toString(), "recursiveFileLookup", "true"));
  }

  @Test
  void aGlobGivesWhatMatches() throws IOException {
    assertEquals(List.of("a.bam", "b.bam", "x[1].bam"), list(folder + "/*.bam"));
    assertEquals(List.of("a.bam", "deep/c.bam"), list(folder + "/{a.bam,deep}"));
    assertEquals(List.of("a.bam"), list(folder + "/a*"));
  }

  @Test
  void aNameThatIsThereIsNoGlob() throws IOException {
    assertEquals(List.of("x[1].bam"), list(folder + "/x[1].bam"));
  }

  @Test
  void aFileThatIsNamedIsReadWhateverItsName() throws IOException {
    assertEquals(List.of("_SUCCESS"), list(folder + "/_SUCCESS"));
  }

  @Test
  void pathsKeepTheirOrder() throws IOException {
    String paths = "[\"%1$s/b.bam\", \"%1$s/a.bam\", \"%1$s/deep\"]".formatted(folder);
    assertEquals(List.of("b.bam", "a.bam", "deep/c.bam"), list(null, "paths", paths));
    assertThrows(IllegalArgumentException.class, () -> list(null, "paths", "b.bam"));
    assertThrows(IllegalArgumentException.class, () -> list(null));
  }

  @Test
  void namesAndTimesFilter() throws IOException {
    Files.setLastModifiedTime(
        folder.resolve("a.bam"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    String all = folder.toString();
    assertEquals(List.of("b.bam"), list(all, "pathGlobFilter", "b*"));
    String[] zone = {"timeZone", "UTC"};
    assertEquals(
        List.of("a.bam"), list(all, "modifiedBefore", "2020-01-01T00:00:01", zone[0], zone[1]));
    assertEquals(
        List.of("b.bam"),
        list(
            all,
            "modifiedAfter",
            "2020-01-01T00:00:00",
            "pathGlobFilter",
            "[ab].bam",
            zone[0],
            zone[1]));
    assertThrows(IllegalArgumentException.class, () -> list(all, "modifiedAfter", "yesterday"));
  }

  @Test
  void whatIsMissingIsAnErrorUnlessThatIsIgnored() throws IOException {
    assertMissing("no such file or directory", folder + "/nothing.bam");
    assertMissing("no such file or directory", folder + "/nothing*");
    assertMissing(
        "recursiveFileLookup=true", Files.createDirectory(folder.resolve("e")).toString());
    assertEquals(List.of(), list(folder + "/nothing.bam", "ignoreMissingFiles", "true"));
  }

  @Test
  void whatFollowsTheArrayOfPathsIsAnError() {
    String two = "[\"" + folder + "/a.bam\"] [\"" + folder + "/b.bam\"]";
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> InputFiles.list(new SparkOptions(Map.of("paths", two)), new Configuration()));
    assertTrue(e.getMessage().contains("is not a JSON array of paths"), e.getMessage());
  }

  @Test
  void namesWithAColonAreReadByNameAndByFolderAndRefusedInGlobs() throws IOException {
    Path colons = Files.createDirectory(folder.resolve("colons"));
    Files.createFile(colons.resolve("x:1.bam"));
    Files.createFile(colons.resolve("y.bam"));
    assertEquals(List.of("colons/x:1.bam"), list(colons + "/x:1.bam"));
    assertEquals(List.of("colons/x:1.bam", "colons/y.bam"), list(colons.toString()));
    assertEquals(List.of("colons/x:1.bam"), list(colons.toString(), "pathGlobFilter", "x*"));
    Exception glob = assertThrows(IllegalArgumentException.class, () -> list(colons + "/*.bam"));
    assertTrue(glob.getMessage().contains("/*.bam: Hadoop cannot match a glob"), glob.getMessage());
    Exception relative = assertThrows(IllegalArgumentException.class, () -> list("x:1.bam"));
    assertTrue(
        relative.getMessage().startsWith("x:1.bam: not a valid path"), relative.getMessage());
    assertMissing("no such file", "./x:1.bam");
  }

  /** A local file system that cannot tell rights, for which the real one starts a process. */
  public static final class Rightless extends LocalFileSystem {
    public Rightless() {
      super(
          new RawLocalFileSystem() {
            @Override
            public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
              return Arrays.stream(super.listStatus(path))
                  .map(Rightless::withoutRights)
                  .toArray(FileStatus[]::new);
            }
          });
    }

    private static FileStatus withoutRights(FileStatus file) {
      return new FileStatus(file.getLen(), file.isDirectory(), 1, 1, 0, file.getPath()) {
        private static final long serialVersionUID = 1L;

        @Override
        public FsPermission getPermission() {
          throw new AssertionError("asked for the rights of " + getPath());
        }
      };
    }
  }

  @Test
  void listingALocalDirectoryAsksForNoRights() throws IOException {
    Configuration settings = new Configuration();
    settings.set("fs.file.impl", Rightless.class.getName());
    settings.setBoolean("fs.file.impl.disable.cache", true);
    SparkOptions options =
        new SparkOptions(Map.of("path", folder.toString(), "recursiveFileLookup", "true"));
    assertEquals(5, InputFiles.list(options, settings).size());
  }

  private void assertMissing(String why, String path) {
    Exception missing = assertThrows(IOException.class, () -> list(path));
    assertTrue(missing.getMessage().contains(path), missing.getMessage());
    assertTrue(missing.getMessage().contains(why), missing.getMessage());
  }
}
