package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One Spark application for the blocks of a document, of which each has a session of its own
 * (doc_blocks.py): starting Spark takes longer than most blocks.
 */
final class DocSpark implements Closeable {
  /** To start, on a busy machine, and to end. */
  private static final int MAX_SECONDS = 300;

  private final Path log;
  private final Process process;
  private final Socket socket;
  private final Writer requests;
  private final BufferedReader answers;

  /**
   * @param folder where the blocks run
   */
  DocSpark(Path folder, String python, Map<String, String> environment) throws IOException {
    log = folder.resolve("doc_blocks.log");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(server.getLocalPort());
      String script = Path.of(PySpark.script("doc_blocks.py")).toAbsolutePath().toString();
      ProcessBuilder builder = new ProcessBuilder(List.of(python, script, port));
      builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      process = builder.start();
      process.getOutputStream().close();
      socket = accept(server);
    }
    requests = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Waits for the process, unless it ends before. */
  private Socket accept(ServerSocket server) throws IOException {
    server.setSoTimeout(1_000);
    for (int i = 0; i < MAX_SECONDS && process.isAlive(); i++) {
      try {
        return server.accept();
      } catch (SocketTimeoutException notYet) {
        continue;
      }
    }
    throw new IOException("Spark did not start: " + Files.readString(log));
  }

  /** Runs a file of Python statements; fails with what they raise. */
  void run(Path file) throws IOException {
    requests.write(file + "\n");
    requests.flush();
    String answer = answers.readLine();
    assertEquals("''", answer, () -> answer == null ? readLog() : answer.replace("\\n", "\n"));
  }

  private String readLog() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process ends when there is nothing more to read. */
  @Override
  public void close() throws IOException {
    socket.close();
    try {
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
