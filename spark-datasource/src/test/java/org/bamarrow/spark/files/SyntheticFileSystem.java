package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.bamarrow.internal.bam.BamHeaderReader;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.io.VirtualOffset;

/**
 * One folder under {@code madeup:} with any number of BAMs of any size, all alike, and counts of
 * what is asked of it. A BAM is a real one whose blocks of records come again and again.
 */
public final class SyntheticFileSystem extends FileSystem {
  public static final String FOLDER = "madeup:/bams";
  public static final long BLOCK = 128L << 20;
  private static final int END_MARKER = 28;
  private static final Path ROOT = new Path(FOLDER);

  private static byte[] bam;
  private static int firstRecord;
  private static int files;
  private static long length;
  private static CountDownLatch together = new CountDownLatch(0);
  private static final AtomicInteger OPENS = new AtomicInteger();
  private static final AtomicInteger LOCATED = new AtomicInteger();
  private static final AtomicLong BYTES = new AtomicLong();

  /**
   * Makes the folder anew, with all counts at 0.
   *
   * @param pattern a BAM whose records end with their blocks
   * @param atLeast bytes of each file
   * @param openTogether only when so many are open does one of them, but the folder's first, answer
   */
  public static void make(java.nio.file.Path pattern, int count, long atLeast, int openTogether)
      throws IOException {
    try (FileByteSource source = new FileByteSource("pattern", pattern);
        var inflater = InflaterKind.JDK.open()) {
      long first = BamHeaderReader.read(source, inflater).firstRecord();
      if (VirtualOffset.within(first) != 0) {
        throw new IllegalArgumentException("the first record does not start its block");
      }
      firstRecord = (int) VirtualOffset.block(first);
    }
    bam = Files.readAllBytes(pattern);
    files = count;
    int body = bam.length - END_MARKER - firstRecord;
    long times = Math.max(1, (atLeast - firstRecord - END_MARKER + body - 1) / body);
    length = firstRecord + times * body + END_MARKER;
    together = new CountDownLatch(openTogether);
    OPENS.set(0);
    LOCATED.set(0);
    BYTES.set(0);
  }

  /** The path of a file. */
  public static String file(int number) {
    return FOLDER + "/" + number + ".bam";
  }

  /** Bytes of each file. */
  public static long length() {
    return length;
  }

  public static int opens() {
    return OPENS.get();
  }

  /** How often the file system was asked for the hosts of a file's blocks. */
  public static int located() {
    return LOCATED.get();
  }

  public static long bytesRead() {
    return BYTES.get();
  }

  @Override
  public URI getUri() {
    return URI.create("madeup:///");
  }

  @Override
  public String getScheme() {
    return "madeup";
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    if (path.makeQualified(getUri(), ROOT).equals(ROOT.makeQualified(getUri(), ROOT))) {
      return new FileStatus(0, true, 1, BLOCK, 0, makeQualified(path));
    }
    if (!path.getName().matches("\\d+\\.bam")) {
      throw new FileNotFoundException(path.toString());
    }
    return new FileStatus(length, false, 1, BLOCK, 0, makeQualified(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    if (!getFileStatus(path).isDirectory()) {
      return new FileStatus[] {getFileStatus(path)};
    }
    FileStatus[] all = new FileStatus[files];
    for (int i = 0; i < files; i++) {
      all[i] = getFileStatus(new Path(file(i)));
    }
    return all;
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long size) {
    LOCATED.incrementAndGet();
    BlockLocation[] blocks = new BlockLocation[(int) ((length + BLOCK - 1) / BLOCK)];
    for (int i = 0; i < blocks.length; i++) {
      long from = i * BLOCK;
      String[] hosts = {"h" + i % 100};
      blocks[i] = new BlockLocation(hosts, hosts, from, Math.min(BLOCK, length - from));
    }
    return blocks;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    OPENS.incrementAndGet();
    if (!path.getName().equals("0.bam")) {
      together.countDown();
      awaitTheOthers();
    }
    return new FSDataInputStream(new Repeated());
  }

  private static void awaitTheOthers() throws IOException {
    try {
      if (!together.await(60, TimeUnit.SECONDS)) {
        throw new IOException(together.getCount() + " more files were to be opened meanwhile");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The bytes of any of the files. */
  private static final class Repeated extends FSInputStream {
    private long position;

    private static byte at(long position) {
      long end = length - END_MARKER;
      int body = bam.length - END_MARKER - firstRecord;
      if (position >= end) {
        return bam[(int) (bam.length - END_MARKER + position - end)];
      }
      return bam[
          position < firstRecord
              ? (int) position
              : (int) (firstRecord + (position - firstRecord) % body)];
    }

    @Override
    public int read() {
      if (position >= length) {
        return -1;
      }
      BYTES.incrementAndGet();
      return at(position++) & 0xff;
    }

    @Override
    public int read(long from, byte[] target, int offset, int wanted) {
      int got = (int) Math.min(wanted, length - from);
      for (int i = 0; i < got; i++) {
        target[offset + i] = at(from + i);
      }
      BYTES.addAndGet(Math.max(0, got));
      return got <= 0 && wanted > 0 ? -1 : got;
    }

    @Override
    public void seek(long to) {
      position = to;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public boolean seekToNewSource(long to) {
      return false;
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw readOnly();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw readOnly();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw readOnly();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw readOnly();
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw readOnly();
  }

  private static RuntimeException readOnly() {
    return new UncheckedIOException(new IOException("made-up files are only read"));
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw readOnly();
  }

  @Override
  public Path getWorkingDirectory() {
    return ROOT;
  }
}
