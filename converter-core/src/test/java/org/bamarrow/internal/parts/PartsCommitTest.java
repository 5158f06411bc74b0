package org.bamarrow.internal.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.MemoryPartStore;
import org.bamarrow.parts.OrphanFiles;
import org.bamarrow.parts.OrphanFiles.Cleaned;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.junit.jupiter.api.Test;

class PartsCommitTest {
  private static final Schema SCHEMA =
      new Schema(List.of(Field.nullable("x", new ArrowType.Utf8())));
  private static final String OLD = "00000000";
  private static final String JOB = "11111111";
  private static final String OTHER = "22222222";

  private final MemoryPartStore store = new MemoryPartStore();

  private String put(String job, int number, String attempt) {
    String name = new PartNames(job, 9).name(number, attempt);
    store.put(name, new byte[10 + number]);
    return name;
  }

  private static Manifest manifest(String job, String... names) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (String name : names) {
      int number = Integer.parseInt(name.substring(5, 10));
      parts.add(new Part(name, 1, 1, 10 + number, "00000000", List.of(), null));
    }
    return Manifest.of(job, SCHEMA, List.of(), parts);
  }

  private void assertHolds(String... names) {
    List<String> expected = new ArrayList<>(List.of(names));
    assertEquals(expected.stream().sorted().toList(), store.names());
  }

  @Test
  void theManifestMakesWinnersCountAndLosersGo() throws IOException {
    PartsCommit commit = PartsCommit.begin(store, JOB, false);
    put(JOB, 0, "0");
    String winner = put(JOB, 0, "1");
    String second = put(JOB, 1, "2");
    put(JOB, 2, "3");
    store.put("notes.txt", new byte[1]);
    commit.commit(manifest(JOB, winner, second), List.of());
    assertHolds(Manifest.NAME, winner, second, "notes.txt");
    assertEquals(
        List.of(winner, second), Manifest.read(store).parts().stream().map(Part::name).toList());
    commit.abort();
    assertHolds(Manifest.NAME, winner, second, "notes.txt");
  }

  @Test
  void abortRemovesWhatThisJobWroteAndNothingElse() throws IOException {
    store.put("notes.txt", new byte[1]);
    String other = put(OTHER, 0, "0");
    PartsCommit commit = PartsCommit.begin(store, JOB, false);
    put(JOB, 0, "0");
    put(JOB, 1, "0-1");
    commit.abort();
    assertHolds(other, "notes.txt");
  }

  @Test
  void aCompleteDirectoryIsNotReplacedWithoutForce() throws IOException {
    String old = put(OLD, 0, "0");
    PartsCommit.begin(store, OLD, false).commit(manifest(OLD, old), List.of());
    FileAlreadyExistsException error =
        assertThrows(FileAlreadyExistsException.class, () -> PartsCommit.begin(store, JOB, false));
    assertTrue(error.getMessage().contains("OutputOptions.withForce(true)"), error.getMessage());
  }

  @Test
  void norOneThatBecameCompleteMeanwhile() throws IOException {
    PartsCommit late = PartsCommit.begin(store, JOB, false);
    String mine = put(JOB, 0, "0");
    String old = put(OLD, 0, "0");
    PartsCommit.begin(store, OLD, false).commit(manifest(OLD, old), List.of());
    assertThrows(
        FileAlreadyExistsException.class, () -> late.commit(manifest(JOB, mine), List.of()));
    late.abort();
    assertHolds(Manifest.NAME, old);
    assertEquals(OLD, Manifest.read(store).job());
  }

  @Test
  void forceReplacesAManifestThatIsBroken() throws IOException {
    store.put(
        Manifest.NAME,
        "{\"version\": \u001b[31m".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    IOException broken = assertThrows(IOException.class, () -> Manifest.read(store));
    assertTrue(broken.getMessage().contains("broken: "), broken.getMessage());
    assertTrue(broken.getMessage().contains("OutputOptions.withForce(true)"), broken.getMessage());
    assertTrue(broken.getMessage().chars().noneMatch(c -> c < ' '), broken.getMessage());
    PartsCommit aborted = PartsCommit.begin(store, OLD, true);
    put(OLD, 0, "0");
    aborted.abort();
    assertHolds(Manifest.NAME);
    PartsCommit commit = PartsCommit.begin(store, JOB, true);
    String mine = put(JOB, 0, "0");
    commit.commit(manifest(JOB, mine), List.of());
    assertHolds(Manifest.NAME, mine);
    assertEquals(JOB, Manifest.read(store).job());
  }

  @Test
  void forceReplacesTheManifestThenRemovesTheOldParts() throws IOException {
    String old = put(OLD, 0, "0");
    PartsCommit.begin(store, OLD, false).commit(manifest(OLD, old), List.of());
    PartsCommit commit = PartsCommit.begin(store, JOB, true);
    String mine = put(JOB, 0, "0");
    assertEquals(OLD, Manifest.read(store).job());
    commit.commit(manifest(JOB, mine), List.of());
    assertHolds(Manifest.NAME, mine);
  }

  @Test
  void anAbortedForceLeavesTheOldWhole() throws IOException {
    String old = put(OLD, 0, "0");
    PartsCommit.begin(store, OLD, false).commit(manifest(OLD, old), List.of());
    PartsCommit commit = PartsCommit.begin(store, JOB, true);
    put(JOB, 0, "0");
    commit.abort();
    assertHolds(Manifest.NAME, old);
  }

  @Test
  void aPartThatIsGoneOrOfAnotherLengthFailsTheCommit() throws IOException {
    PartsCommit commit = PartsCommit.begin(store, JOB, false);
    String first = put(JOB, 0, "0");
    String second = put(JOB, 1, "0");
    store.put(second, new byte[1]);
    for (String problem : List.of("has 1 bytes instead of 11", "is gone")) {
      IOException error =
          assertThrows(
              IOException.class, () -> commit.commit(manifest(JOB, first, second), List.of()));
      assertTrue(error.getMessage().contains("part " + second + " " + problem), error.getMessage());
      store.delete(second);
    }
    commit.abort();
    assertHolds();
  }

  @Test
  void theNextRunRemovesWhatAKilledOneLeft() throws IOException {
    store.setClock(1000);
    put(OTHER, 0, "0");
    store.setClock(2000);
    PartsCommit commit = PartsCommit.begin(store, JOB, false);
    String mine = put(JOB, 0, "0");
    store.setClock(3000);
    String running = put("33333333", 0, "0");
    commit.commit(manifest(JOB, mine), List.of());
    assertHolds(Manifest.NAME, mine, running);
  }

  @Test
  void anAnswerThatGotLostLosesNoParts() throws IOException {
    PartsCommit commit = PartsCommit.begin(store, JOB, false);
    String mine = put(JOB, 0, "0");
    store.losesAnswers = true;
    assertThrows(IOException.class, () -> commit.commit(manifest(JOB, mine), List.of()));
    commit.abort();
    assertHolds(Manifest.NAME, mine);
  }

  @Test
  void cleaningKeepsWhatCountsAndWhatMayBeRunning() throws IOException {
    store.setClock(1000);
    String mine = put(JOB, 0, "0");
    PartsCommit.begin(store, JOB, false).commit(manifest(JOB, mine), List.of());
    String stray = put(JOB, 0, "7");
    String half = OrphanFiles.temporaryName(Manifest.NAME);
    store.put(half, new byte[1]);
    store.put("part-00000.parquet", new byte[1]);
    String running = put(OTHER, 0, "0");
    store.setClock(9000);
    String latest = put(OTHER, 1, "0");
    Cleaned cleaned = OrphanFiles.clean(store, Duration.ofSeconds(5), 10_000);
    assertEquals(List.of(half, stray), cleaned.removed());
    assertEquals(List.of(running, latest), cleaned.kept());
    assertHolds(Manifest.NAME, mine, "part-00000.parquet", running, latest);
    assertEquals(2, OrphanFiles.clean(store, Duration.ZERO, 10_000).removed().size());
    assertHolds(Manifest.NAME, mine, "part-00000.parquet");
  }

  @Test
  void withoutAManifestAllPartsAreOrphanFiles() throws IOException {
    put(JOB, 0, "0");
    put(OTHER, 0, "0");
    store.put("notes.txt", new byte[1]);
    OrphanFiles.clean(store, Duration.ZERO, 10_000);
    assertHolds("notes.txt");
  }

  /** Both had looked before either was there. */
  @Test
  void ofTwoThatCommitAtOnceOneFailsAndRemovesItsParts() throws IOException {
    PartsCommit one = PartsCommit.begin(store, JOB, false);
    PartsCommit two = PartsCommit.begin(store, OTHER, false);
    String mine = put(JOB, 0, "0");
    String others = put(OTHER, 0, "0");
    store.beforePublishing = () -> two.commit(manifest(OTHER, others), List.of());
    FileAlreadyExistsException error =
        assertThrows(
            FileAlreadyExistsException.class, () -> one.commit(manifest(JOB, mine), List.of()));
    assertTrue(error.getMessage().contains("holds a complete conversion already"));
    one.abort();
    assertHolds(Manifest.NAME, others);
    assertEquals(OTHER, Manifest.read(store).job());
  }

  @Test
  void ofTwoThatReplaceAtOnceTheFirstIsReplacedWithItsParts() throws IOException {
    PartsCommit one = PartsCommit.begin(store, JOB, true);
    PartsCommit two = PartsCommit.begin(store, OTHER, true);
    String mine = put(JOB, 0, "0");
    String others = put(OTHER, 0, "0");
    store.beforePublishing = () -> two.commit(manifest(OTHER, others), List.of());
    one.commit(manifest(JOB, mine), List.of());
    assertHolds(Manifest.NAME, mine);
  }

  @Test
  void aJobThatIsReplacedWhileItRemovesOldPartsSaysSoAndRemovesItsOwn() throws IOException {
    String old = put(OLD, 0, "0");
    PartsCommit.begin(store, OLD, false).commit(manifest(OLD, old), List.of());
    PartsCommit one = PartsCommit.begin(store, JOB, true);
    String mine = put(JOB, 0, "0");
    String others = put(OTHER, 0, "0");
    byte[] manifest = manifest(OTHER, others).toJson();
    store.beforeDeleting = () -> store.put(Manifest.NAME, manifest);
    IOException error =
        assertThrows(IOException.class, () -> one.commit(manifest(JOB, mine), List.of()));
    assertTrue(error.getMessage().contains("another job has replaced"), error.getMessage());
    one.abort();
    assertHolds(Manifest.NAME, others);
  }

  @Test
  void whatAnotherJobAppendedMeanwhileIsNotLost() throws IOException {
    String old = put(OLD, 0, "0");
    PartsCommit.begin(store, OLD, false).commit(manifest(OLD, old), List.of());
    PartsCommit one = PartsCommit.begin(store, JOB, true);
    PartsCommit two = PartsCommit.begin(store, OTHER, true);
    String mine = put(JOB, 2, "0");
    String others = put(OTHER, 1, "0");
    Optional<Manifest> before = Manifest.find(store);
    store.beforePublishing =
        () -> assertTrue(two.commitAfter(before, manifest(OTHER, old, others), List.of()));
    assertFalse(one.commitAfter(before, manifest(JOB, old, mine), List.of()));
    assertHolds(Manifest.NAME, old, others, mine);
    assertTrue(one.commitAfter(Manifest.find(store), manifest(JOB, old, others, mine), List.of()));
    assertHolds(Manifest.NAME, old, others, mine);
  }

  @Test
  void abortRemovesItsPartsBesideABrokenManifestToo() throws IOException {
    store.put(Manifest.NAME, new byte[] {'{'});
    PartsCommit commit = PartsCommit.begin(store, JOB, true);
    put(JOB, 0, "0");
    commit.abort();
    assertHolds(Manifest.NAME);
  }

  @Test
  void aBrokenManifestEndsTheCleaning() {
    String mine = put(JOB, 0, "0");
    store.put(Manifest.NAME, new byte[] {'{'});
    assertThrows(IOException.class, () -> OrphanFiles.clean(store, Duration.ZERO, 10_000));
    assertHolds(Manifest.NAME, mine);
  }
}
