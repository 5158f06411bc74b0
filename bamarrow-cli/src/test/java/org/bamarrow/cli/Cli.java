package org.bamarrow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.internal.bam.Samtools;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import picocli.CommandLine;

/** Runs the command line, in this JVM or in one of its own, and makes small inputs for it. */
final class Cli {
  /** What a run gave. */
  record Result(int code, byte[] bytes, String err) {
    String out() {
      return new String(bytes, UTF_8);
    }
  }

  private Cli() {}

  static Result run(Object... words) {
    return withInput(System.in, words);
  }

  static Result withInput(InputStream input, Object... words) {
    InputStream in = System.in;
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    System.setIn(input);
    System.setOut(new PrintStream(bytes, true));
    try {
      String[] args = strings(words).toArray(String[]::new);
      CommandLine line = Main.commandLine(args);
      line.setErr(new PrintWriter(err, true));
      int code = line.execute(args);
      System.out.flush();
      return new Result(code, bytes.toByteArray(), err.toString());
    } finally {
      System.setIn(in);
      System.setOut(out);
    }
  }

  /** The command to start bamarrow in a JVM of its own. */
  static ProcessBuilder process(Object... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    if (Runtime.version().feature() >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(strings(words));
    return new ProcessBuilder(command);
  }

  /** Two hundred short reads with flags, read groups and tags of all kinds. */
  static Path bam(Path folder, String name, long seed) throws IOException {
    return bam(folder, name, SynthOptions.of(SynthProfile.SHORT, 200, seed));
  }

  static Path bam(Path folder, String name, SynthOptions options) throws IOException {
    Path bam = folder.resolve(name);
    SynthBam.write(bam, options);
    return bam;
  }

  /** A BAM that samtools makes of SAM lines, whose fields are parted by spaces. */
  static Path bamOf(Path folder, String name, String... lines) throws Exception {
    Path sam = folder.resolve(name + ".sam");
    Path bam = folder.resolve(name);
    String text = String.join("\n", lines).replace(' ', '\t') + "\n";
    Files.write(sam, text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    Samtools.run("view", "--no-PG", "-b", "-o", bam.toString(), sam.toString());
    Files.delete(sam);
    return bam;
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> strings(Object... words) {
    return Stream.of(words).map(String::valueOf).toList();
  }
}
