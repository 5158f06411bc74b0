package org.bamarrow.spark.stream;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.CleanSource;
import org.bamarrow.spark.options.SparkOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes or archives the files of committed batches, on a thread of its own, since moving a file
 * can take long. What fails is logged and does not stop the stream, as in Spark's file source.
 */
final class SourceCleaner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceCleaner.class);
  private static final long MAX_SECONDS_AT_END = 30;

  private final CleanSource what;
  private final Configuration settings;
  private final Path archive;
  private final ExecutorService thread;

  SourceCleaner(TableFiles files) throws IOException {
    what = files.options().cleanSource();
    settings = files.settings();
    archive = what == CleanSource.ARCHIVE ? archive(files) : null;
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread cleaner = new Thread(work, "bamarrow-clean-source");
              cleaner.setDaemon(true);
              return cleaner;
            });
  }

  /** Archived files must not be found as new ones, and are moved by renaming. */
  private static Path archive(TableFiles files) throws IOException {
    String given = files.options().text(SparkOption.SOURCE_ARCHIVE_DIR);
    if (given == null) {
      throw new IllegalArgumentException("cleanSource=archive needs option sourceArchiveDir");
    }
    URI archive = URI.create(files.qualified(given));
    for (String path : files.location().paths()) {
      URI source = URI.create(files.qualified(fixed(path)));
      if (!Objects.equals(source.getScheme(), archive.getScheme())
          || !Objects.equals(source.getAuthority(), archive.getAuthority())) {
        throw new IllegalArgumentException(
            "sourceArchiveDir has to be on the file system of " + path + ", not at " + given);
      }
      if ((archive.getPath() + "/").startsWith(source.getPath() + "/")) {
        throw new IllegalArgumentException(
            String.format("sourceArchiveDir %s has to be outside of %s", given, fixed(path)));
      }
    }
    return new Path(archive);
  }

  /** The folder in front of the first glob, or the path itself. */
  private static String fixed(String path) {
    Path fixed = new Path(path);
    for (Path at = fixed; at != null; at = at.getParent()) {
      if (at.getName().matches(".*[*?\\[{].*")) {
        fixed = at.getParent();
      }
    }
    return fixed == null ? "." : fixed.toString();
  }

  /** Cleans the files of a committed batch some time later. */
  void clean(List<LoggedFile> files) {
    if (what != CleanSource.OFF) {
      files.forEach(file -> thread.execute(() -> clean(file.path())));
    }
  }

  private void clean(Path file) {
    try {
      FileSystem system = file.getFileSystem(settings);
      if (what == CleanSource.DELETE) {
        if (!system.delete(file, false) && system.exists(file)) {
          throw new IOException("cannot be deleted");
        }
      } else if (system.exists(file)) {
        Path target = new Path(archive, file.toUri().getPath().substring(1));
        system.mkdirs(target.getParent());
        if (!system.rename(file, target)) {
          throw new IOException("cannot be moved to " + target);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: {} failed; the file stays, and is not read again", file, what, e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(MAX_SECONDS_AT_END, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
