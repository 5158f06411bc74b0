package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fenced block of README and docs does what it prints, as it is printed. In SQL the comment
 * below a statement is its answer.
 */
@Tag("machines") // minutes of Spark sessions, which say nothing about a further JDK
class DocBlocksTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));

  /** Blocks that no test can run, by a line of each, and why. */
  private static final Map<String, String> NOT_RUN =
      Map.of(
          "spark-submit --packages org.apache.hadoop",
          "asks a registry for 13 MB and needs S3; the cluster tests run these versions",
          "benchmarks/run.sh FOLDER",
          "takes hours; FOLDER is the reader's",
          "docker build -t bamarrow .",
          "pulls an image; the cluster tests build on one of this machine",
          "<artifactId>bamarrow-bom",
          "the repository is the reader's; ReleaseTest builds one and resolves this from it",
          "platform(\"org.bamarrow:bamarrow-bom",
          "needs Gradle; ReleaseTest resolves the same coordinates with Maven",
          "pyspark --packages org.bamarrow",
          "the repository is the reader's; ReleaseTest builds one and runs this with it");

  /**
   * Runs the statements of {@code block}; a comment below one must be its only row's first field.
   */
  private static final String STATEMENTS =
      """
      import re
      for statement, answer in re.findall(r"([^;]+);[ ]*\\n?(?:-- *([^\\n]*)\\n)?", block):
          rows = spark.sql(statement).collect()
          if answer and str(rows[0][0]) != answer.replace(",", ""):
              raise AssertionError(f"{statement.strip()} gives {rows[0][0]}, the page says {answer}")
      """;

  @TempDir static Path folder;

  private static List<String> documents() throws IOException {
    List<String> documents = new ArrayList<>(List.of("README.md"));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .forEach(name -> documents.add("docs/" + name));
    }
    return documents;
  }

  @TestFactory
  Stream<DynamicContainer> everyBlockRunsAsPrinted() throws IOException {
    List<DynamicContainer> containers = new ArrayList<>();
    for (String document : documents()) {
      List<DocBlock> blocks =
          DocBlock.of(ROOT, document).stream()
              .filter(block -> !block.language().isEmpty())
              .toList();
      if (!blocks.isEmpty()) {
        Path place = folder.resolve(document.replace('/', '-'));
        DocSandbox sandbox = new DocSandbox(Files.createDirectory(place));
        containers.add(
            DynamicContainer.dynamicContainer(
                document,
                blocks.stream()
                    .map(block -> DynamicTest.dynamicTest(block.name(), () -> run(block, sandbox)))
                    .onClose(() -> close(sandbox))));
      }
    }
    return containers.stream();
  }

  private static void close(DocSandbox sandbox) {
    try {
      sandbox.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(DocBlock block, DocSandbox sandbox) throws IOException {
    String text = block.text();
    NOT_RUN.forEach((line, why) -> assumeTrue(!text.contains(line), why));
    switch (block.language()) {
      case "sh" -> shell(block, sandbox);
      case "zsh" -> {
        Programs.requireProgram("zsh");
        sandbox.shell(block);
      }
      case "java" -> sandbox.java(block);
      case "sql" -> {
        sandbox.spark("block = '''" + sandbox.local(text) + "'''\n" + STATEMENTS);
      }
      case "python" -> {
        boolean spark = text.contains("spark") || text.contains("format(\"bamarrow\")");
        if (spark && !text.contains("SparkSession")) {
          sandbox.spark(sandbox.local(text));
        } else {
          sandbox.python(block, spark ? PySpark.newest().python() : Programs.pythonWithClients());
        }
      }
      default -> throw new AssertionError("no way to run " + block.language());
    }
  }

  private static void shell(DocBlock block, DocSandbox sandbox) throws IOException {
    if (block.text().contains("pip ")) {
      Programs.pythonWithClients();
    }
    if (block.text().contains("samtools")) {
      Programs.requireSamtools();
    }
    if (block.text().contains("python3")) {
      Programs.pythonWithClients();
    }
    if (block.text().contains("spark")) {
      PySpark.newest();
      PySpark.jar();
    }
    sandbox.shell(block);
  }

  @Test
  void whatIsNotRunIsStillThere() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String document : documents()) {
      for (DocBlock block : DocBlock.of(ROOT, document)) {
        NOT_RUN.keySet().stream().filter(block.text()::contains).forEach(found::add);
      }
    }
    assertEquals(new TreeSet<>(NOT_RUN.keySet()), found);
  }
}
