package org.bamarrow.where;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * moto's server of S3 in a process of its own, on a free port. It tells every request, and can make
 * some of them wait.
 */
final class S3Server implements AutoCloseable {
  private final Process process;
  private final Thread listener;
  private final Path hold;
  private final String endpoint;
  private final List<String> requests = new ArrayList<>(); // locked by itself

  /**
   * @param held what of a request (method, path, range) must match for {@link #hold}
   */
  S3Server(Path folder, String held) throws IOException {
    hold = folder.resolve("hold");
    process =
        new ProcessBuilder(python(), "src/test/python/s3server.py", hold.toString(), held)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String port = out.readLine();
    if (port == null) {
      throw new IOException("the S3 server did not start; see standard error");
    }
    endpoint = "http://127.0.0.1:" + port;
    listener = new Thread(() -> out.lines().forEach(this::add), "S3 requests");
    listener.setDaemon(true);
    listener.start();
  }

  /** Python with moto, from BAMARROW_PYTHON or the PATH; skips the calling test without. */
  private static String python() throws IOException {
    String named = System.getenv("BAMARROW_PYTHON");
    String python = named == null ? "python3" : named;
    assumeTrue(
        hasMoto(python), python + " has no moto[server]; name one that has with BAMARROW_PYTHON");
    return python;
  }

  private static boolean hasMoto(String python) throws IOException {
    try {
      return new ProcessBuilder(python, "-c", "import moto.server")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void add(String request) {
    synchronized (requests) {
      requests.add(request);
      requests.notifyAll();
    }
  }

  /** What was asked since this was last called: method, path with query, range. */
  List<String> newRequests() {
    synchronized (requests) {
      List<String> all = List.copyOf(requests);
      requests.clear();
      return all;
    }
  }

  /** From now on such requests wait, those meant by the constructor. */
  void hold() throws IOException {
    Files.createFile(hold);
  }

  void release() throws IOException {
    Files.deleteIfExists(hold);
  }

  /** Waits for a request that matches. */
  void await(String pattern) throws IOException {
    long end = System.nanoTime() + 60_000_000_000L;
    try {
      synchronized (requests) {
        while (requests.stream().noneMatch(request -> request.matches(pattern))) {
          if (System.nanoTime() > end) {
            throw new IOException("no " + pattern + " among " + requests);
          }
          requests.wait(100);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Settings with which Hadoop reaches it. */
  Map<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "fs.s3a.endpoint", endpoint,
            "fs.s3a.endpoint.region", "us-east-1",
            "fs.s3a.path.style.access", "true",
            "fs.s3a.connection.ssl.enabled", "false",
            "fs.s3a.access.key", "none",
            "fs.s3a.secret.key", "none",
            "fs.s3a.aws.credentials.provider",
                "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider"));
  }

  /** Makes a bucket, for which s3a has no call. */
  void createBucket(String name) throws IOException {
    HttpURLConnection put =
        (HttpURLConnection) URI.create(endpoint + "/" + name).toURL().openConnection();
    put.setRequestMethod("PUT");
    if (put.getResponseCode() != 200) {
      throw new IOException("bucket " + name + ": " + put.getResponseMessage());
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroyForcibly().onExit().join();
  }
}
