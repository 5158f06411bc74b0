package org.bamarrow.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.cli.Main;
import org.bamarrow.cli.VerifyCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The job of {@code spark-submit}: a directory, or with {@code --single-file} one file. */
class ConvertExactlyOnceTest extends ExactlyOnce {
  private Path folder;

  ConvertExactlyOnceTest() {
    super(Way.CONVERT);
  }

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(place().resolve("single"));
  }

  private Path file() {
    return folder.resolve("one.arrow");
  }

  private SparkCluster.Application submitSingle(Trouble trouble, String... settings)
      throws IOException {
    String target = TROUBLED + file();
    return convert(
        trouble, List.of(settings), "--single-file", "--parts", "3", bam().toString(), target);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(name -> name.getFileName().toString()).sorted().toList();
    }
  }

  /** Every field of every row, and nothing beside the file. */
  private void assertWholeAndAlone() throws IOException {
    String[] words = {"verify", bam().toString(), file().toString()};
    assertEquals(0, Main.execute(new VerifyCommand(), words));
    assertEquals(List.of("one.arrow"), names());
  }

  @Test
  void anExecutorKilledBeforeTheOneFileIsPutTogether() throws IOException {
    SparkCluster.Application running = submitSingle(Trouble.HANGS);
    killExecutor();
    running.output();
    assertWholeAndAlone();
  }

  @Test
  void aDriverKilledWhileTheOneFileIsPutTogether() throws IOException {
    String whatHangs = "spark.hadoop." + TroubledFileSystem.FILE + "=.one.arrow.";
    SparkCluster.Application running = submitSingle(Trouble.HANGS, whatHangs);
    assertEquals(running.process().pid(), awaitTrouble(), "the driver puts the file together");
    kill(running);
    assertFalse(Files.exists(file()), "a part of the file has its name");
    assertTrue(names().contains("one.arrow.parts"), names().toString());
    assertEquals(2, names().size(), "the parts and the unfinished file: " + names());
    submitSingle(Trouble.NONE).output();
    assertWholeAndAlone();
  }
}
