package org.bamarrow.spark.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.bamarrow.io.ByteSource;

/**
 * A file on a Hadoop file system, with positional reads, which Hadoop's streams support from any
 * number of threads.
 */
final class HadoopByteSource implements ByteSource {
  private final BamFile file;
  private final FSDataInputStream stream;

  HadoopByteSource(BamFile file, Configuration settings) throws IOException {
    this.file = file;
    Path path = file.path();
    FileSystem system = FileSystems.of(path, settings);
    // The known length saves an object store a request. The policy is not "sequential":
    // ReadAheadSource reads ahead itself, while s3a would fetch 128 MB for each header (the
    // analytics stream of Hadoop 3.5), or everything up to the end (the older stream).
    stream =
        opened(
            system
                .openFile(path)
                .opt("fs.option.openfile.length", Long.toString(file.length()))
                .opt("fs.option.openfile.read.policy", "random, default")
                .build());
  }

  private static FSDataInputStream opened(CompletableFuture<FSDataInputStream> opening)
      throws IOException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file was opened");
    }
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long size() {
    return file.length();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int wanted = (int) Math.max(0, Math.min(length, file.length() - position));
    try {
      // readFully, so that s3a requests exactly this range, even when threads alternate.
      stream.readFully(position, target, offset, wanted);
      return wanted;
    } catch (EOFException e) {
      return readWhatIsThere(position, target, offset, wanted);
    }
  }

  /** For a file that has become shorter since it was listed. */
  private int readWhatIsThere(long position, byte[] target, int offset, int wanted)
      throws IOException {
    int done = 0;
    while (done < wanted) {
      int got = stream.read(position + done, target, offset + done, wanted - done);
      if (got < 0) {
        break;
      }
      done += got;
    }
    return done;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
