package org.bamarrow.spark.cluster;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under {@code trouble:}, where writing a file meets with trouble in the middle: the
 * first time only, or, as on a full disk, always.
 */
public class TroubledFileSystem extends RawLocalFileSystem {
  static final String MARKS = "fs.trouble.marks";
  static final String TROUBLE = "fs.trouble.kind";

  /** How the name of that file begins; a part, if it is not set. */
  static final String FILE = "fs.trouble.file";

  private static final int BYTES_BEFORE = 100_000;

  @Override
  public URI getUri() {
    return URI.create("trouble:///");
  }

  @Override
  public String getScheme() {
    return "trouble";
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws FileNotFoundException, IOException {
    FileStatus[] files = super.listStatus(path);
    for (int i = 0; i < files.length; i++) {
      files[i] = plain(files[i]);
    }
    return files;
  }

  /** Without permissions, for which the local file system looks up {@code file:} paths. */
  private static FileStatus plain(FileStatus file) {
    return new FileStatus(
        file.getLen(), file.isDirectory(), 1, 1 << 20, file.getModificationTime(), file.getPath());
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    return path.getName().startsWith(getConf().get(FILE, "part-00001"))
        ? new FSDataOutputStream(new Troubled(out, getConf()), null)
        : out;
  }

  /** Ends with the thread only, or with the process: the tests kill either. */
  protected static void hang() throws InterruptedIOException {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("not wanted any more");
    }
  }

  private static final class Troubled extends FilterOutputStream {
    private final Configuration settings;
    private long written;

    Troubled(OutputStream out, Configuration settings) {
      super(out);
      this.settings = settings;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      long before = written;
      written += length;
      if (before < BYTES_BEFORE && written >= BYTES_BEFORE) {
        meet(settings.getEnum(TROUBLE, Trouble.NONE));
      }
    }

    private void meet(Trouble trouble) throws IOException {
      if (trouble == Trouble.FULL) {
        throw new IOException("No space left on device");
      }
      if (trouble != Trouble.NONE && isFirst()) {
        if (trouble == Trouble.FAILS) {
          throw new IOException("the first attempt fails");
        }
        hang();
      }
    }

    /** Leaves the process id. */
    private boolean isFirst() throws IOException {
      java.nio.file.Path mark = java.nio.file.Path.of(settings.get(MARKS), "first");
      java.nio.file.Path text = mark.resolveSibling("first." + ProcessHandle.current().pid());
      Files.writeString(text, String.valueOf(ProcessHandle.current().pid()));
      try {
        Files.createLink(mark, text); // appears whole, and once
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }
  }
}
