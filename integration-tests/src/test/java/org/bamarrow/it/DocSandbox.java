package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;

/**
 * A folder that has what the documents name: the checkout's programs, BAMs, lists, a reader of
 * Arrow streams. Blocks of one document run in it one after the other, as a reader would type them;
 * those that use a session of Spark without making one share an application.
 */
final class DocSandbox implements Closeable {
  private static final Path ROOT =
      Path.of(System.getProperty("bamarrow.root", "..")).toAbsolutePath().normalize();

  private final Path folder;
  private DocSpark spark; // null: no block needed it

  DocSandbox(Path folder) throws IOException {
    this.folder = folder;
    String launcher = "exec " + ROOT.resolve("bamarrow") + " \"$@\"";
    Path programs = Files.createDirectory(folder.resolve("bin"));
    program(folder.resolve("bamarrow"), launcher);
    program(programs.resolve("bamarrow"), launcher);
    if (Files.exists(PySpark.path())) {
      Path built = Files.createDirectories(folder.resolve("spark-datasource/target"));
      Files.copy(PySpark.path(), built.resolve("bamarrow-spark.jar"));
      Files.copy(PySpark.path(), folder.resolve("bamarrow-spark.jar"));
    }
    Path target = Files.createDirectories(folder.resolve("bamarrow-cli/target"));
    for (Path archive : InstallationTest.archives()) {
      Files.createSymbolicLink(target.resolve(archive.getFileName()), archive.toAbsolutePath());
    }
    Files.createDirectory(folder.resolve("opt"));
    // The build itself is what runs this test.
    program(programs.resolve("mvn"), "exit 0");
    String clients = System.getenv("BAMARROW_PYTHON");
    if (clients != null) {
      program(programs.resolve("python3"), "exec " + clients + " \"$@\"");
      program(programs.resolve("pip"), pip(clients));
      Files.createSymbolicLink(folder.resolve("python"), ROOT.resolve("python"));
    }
    Files.createDirectories(folder.resolve("home/.local/share/bash-completion/completions"));
    bams();
    Files.writeString(
        folder.resolve("my-arrow-reader.py"),
        "import sys, pyarrow\n"
            + "print(pyarrow.ipc.open_stream(sys.stdin.buffer).read_all().num_rows)\n");
  }

  /** Installs into the sandbox, and builds with what that Python has. */
  private String pip(String python) {
    String site = " --target " + folder.resolve("site");
    return "command=$1; shift\n"
        + "case $command in\n"
        + ("  install) exec " + python + " -m pip install --no-deps" + site + " \"$@\" ;;\n")
        + ("  *) exec " + python + " -m pip \"$command\" --no-build-isolation \"$@\" ;;\n")
        + "esac";
  }

  private static void program(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void bams() throws IOException {
    synth("in.bam", SynthProfile.SHORT, 20_000);
    for (String folders : List.of("run1", "hdfs/runs")) {
      Files.createDirectories(folder.resolve(folders));
      synth(folders + "/lane1.bam", SynthProfile.SHORT, 3_000);
      synth(folders + "/lane2.bam", SynthProfile.SHORT, 2_000);
    }
    for (String sample : List.of("NA12878", "NA12891")) {
      Files.createDirectories(folder.resolve("data/cohort/sample=" + sample));
      synth("data/cohort/sample=" + sample + "/x.bam", SynthProfile.SHORT, 500);
    }
    synth("lane1.bam", SynthProfile.SHORT, 3_000);
    synth("lane2.bam", SynthProfile.SHORT, 2_000);
    for (int part = 0; part < 2; part++) {
      Conversions.convert(
          folder.resolve("lane2.bam"),
          folder.resolve("part-" + part + ".arrow"),
          ConvertOptions.defaults());
    }
    if (Programs.hasSamtools()) {
      String cram = folder.resolve("in.cram").toString();
      String bam = folder.resolve("in.bam").toString();
      List<String> toCram = List.of("samtools", "view", "-C", "--output-fmt-option", "no_ref=1");
      List<String> command = new ArrayList<>(toCram);
      command.addAll(List.of("-o", cram, bam));
      Programs.run(command).orFail();
    }
    Files.createDirectories(folder.resolve("hdfs/arrow"));
    Files.writeString(folder.resolve("barcodes.txt"), "AAACCTGAGAAACCAT-1\n");
  }

  private void synth(String name, SynthProfile profile, int records) throws IOException {
    SynthBam.write(folder.resolve(name), SynthOptions.of(profile, records, name.length()));
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  /**
   * The only change to what is printed: addresses of clusters, {@code /data} and {@code /opt}
   * become folders of the sandbox.
   */
  String local(String text) {
    return text.replace("spark://host:7077", "local[2]")
        .replace("hdfs:///", "file://" + folder + "/hdfs/")
        .replace("/data/", folder + "/data/")
        .replace("/opt", folder + "/opt");
  }

  void shell(DocBlock block) throws IOException {
    run(List.of(block.language().equals("zsh") ? "zsh" : "bash", "-eu", file(block, ".sh")));
  }

  void python(DocBlock block, String python) throws IOException {
    Path file = folder.resolve("block.py");
    Files.writeString(file, local(block.text()));
    run(List.of(python, file.toString()));
  }

  /** Python statements that see a session as {@code spark}, and a small table as {@code df}. */
  void spark(String statements) throws IOException {
    Path file = folder.resolve("block.py");
    Files.writeString(file, statements);
    if (spark == null) {
      spark = new DocSpark(folder, PySpark.newest().python(), environment());
    }
    spark.run(file);
  }

  @Override
  public void close() throws IOException {
    if (spark != null) {
      spark.close();
    }
  }

  /** Statements, in a method of a class that imports what they name. */
  void java(DocBlock block) throws IOException {
    String program =
        """
        import java.util.*;
        import org.apache.arrow.memory.*;
        import org.apache.arrow.vector.*;
        import org.bamarrow.*;
        import org.bamarrow.convert.*;
        import org.bamarrow.io.*;

        public class Block {
          static long rows;
          static void use(VectorSchemaRoot batch) { rows += batch.getRowCount(); }
          public static void main(String[] arguments) throws Exception {
        %s
            if (rows != report.rows()) throw new AssertionError(rows + " of " + report.rows());
          }
        }
        """
            .formatted(block.text());
    Path file = folder.resolve("Block.java");
    Files.writeString(file, program);
    List<String> command = new ArrayList<>(Programs.javaCommand(List.of(), DocSandbox.class));
    command.set(command.size() - 1, file.toString());
    run(command);
  }

  private String file(DocBlock block, String ending) throws IOException {
    Path file = folder.resolve("block" + ending);
    Files.writeString(file, local(block.text()));
    return file.toString();
  }

  private void run(List<String> command) throws IOException {
    List<String> there = new ArrayList<>(List.of("env", "-C", folder.toString()));
    there.addAll(command);
    Programs.Result result = Programs.run(there, environment());
    assertEquals(0, result.code(), () -> result.text() + result.err());
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    String path = folder.resolve("bin") + File.pathSeparator;
    if (PySpark.named()) {
      PySpark spark = PySpark.newest();
      environment.putAll(spark.environment());
      path += spark.home().resolve("bin") + File.pathSeparator;
    }
    // What blocks install is the sandbox's, whichever Python imports it.
    environment.put("PYTHONPATH", folder.resolve("site").toString());
    environment.put("PATH", path + System.getenv("PATH"));
    return environment;
  }
}
