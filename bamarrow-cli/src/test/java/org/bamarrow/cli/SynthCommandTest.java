package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SynthCommandTest {
  @TempDir Path folder;
  private final StringWriter errors = new StringWriter();

  private int run(String... args) {
    CommandLine line = Main.commandLine("synth");
    line.setErr(new PrintWriter(errors, true));
    return line.execute(Stream.concat(Stream.of("synth"), Stream.of(args)).toArray(String[]::new));
  }

  @Test
  void writesTheFileAndNothingElse() throws IOException {
    Path out = folder.resolve("x.bam");
    assertEquals(0, run("--records", "500", "--seed", "3", out.toString()));
    assertTrue(errors.toString().contains("500 records"), errors.toString());
    assertEquals(List.of("x.bam"), names());
  }

  @Test
  void theSameCommandGivesTheSameFile() throws IOException {
    Path one = folder.resolve("1.bam");
    Path two = folder.resolve("2.bam");
    run("--records", "2000", "--profile", "binned", "-@", "1", one.toString());
    run("--records", "2000", "--profile", "binned", "-@", "4", "--aligned", two.toString());
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void anExistingFileIsReplacedOnlyByForce() throws IOException {
    Path out = Files.writeString(folder.resolve("x.bam"), "mine");
    assertEquals(2, run("--records", "5", out.toString()));
    assertEquals("mine", Files.readString(out));
    assertEquals(0, run("--records", "5", "--force", out.toString()));
    assertTrue(Files.size(out) > 100);
    assertEquals(List.of("x.bam"), names());
  }

  @Test
  void wrongUsageIsExitCode2AndLeavesNothing() throws IOException {
    String out = folder.resolve("x.bam").toString();
    assertEquals(2, run("--profile", "nope", out));
    assertEquals(2, run("--level", "10", out));
    assertEquals(2, run("--size", "many", out));
    assertEquals(2, run("--size", "1M", "--records", "5", out));
    assertEquals(2, run("--aligned", "--spanning", out));
    assertEquals(2, run("--records", "5"));
    assertEquals(1, run(folder.toString()));
    assertTrue(names().isEmpty());
  }

  @Test
  void aFolderThatIsNotThereIsExitCode1() {
    assertEquals(1, run("--records", "5", folder.resolve("no/x.bam").toString()));
    assertFalse(errors.toString().contains("\tat "), errors.toString());
  }

  @Test
  void sizesAreTakenWithUnits() throws IOException {
    Path out = folder.resolve("x.bam");
    assertEquals(0, run("--size", "3M", "--level", "1", "--spanning", out.toString()));
    assertEquals(1.0, Files.size(out) / (3.0 * (1 << 20)), 0.05);
    assertEquals(10L << 30, new SizeConverter().convert("10G"));
    assertEquals(77, new SizeConverter().convert("77"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
