package org.bamarrow.spark.files;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk as a remote file system under {@code parts:}, with hosts for its blocks. */
public final class PartsFileSystem extends RawLocalFileSystem {
  /** Bytes of a block; the first is on host h0, the second on h1 and so on. */
  static final long BLOCK = 100_000;

  private static final AtomicLong READS = new AtomicLong();
  private static final AtomicLong BYTES_READ = new AtomicLong();

  /** Number of reads of any file so far; each is a request to an object store. */
  public static long reads() {
    return READS.get();
  }

  /** Bytes of these reads. */
  public static long bytesRead() {
    return BYTES_READ.get();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return new FSDataInputStream(new Counted(super.open(path, bufferSize)));
  }

  /** A stream of which positional reads are counted. */
  private static final class Counted extends FSInputStream {
    private final FSDataInputStream in;

    Counted(FSDataInputStream in) {
      this.in = in;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
      READS.incrementAndGet();
      BYTES_READ.addAndGet(length);
      in.readFully(position, buffer, offset, length);
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long target) throws IOException {
      return in.seekToNewSource(target);
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Override
  public URI getUri() {
    return URI.create("parts:///");
  }

  @Override
  public String getScheme() {
    return "parts";
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return Arrays.stream(super.listStatus(path))
        .map(PartsFileSystem::plain)
        .toArray(FileStatus[]::new);
  }

  /** Without permissions, for which the local file system looks up {@code file:} paths. */
  private static FileStatus plain(FileStatus file) {
    return new FileStatus(
        file.getLen(), file.isDirectory(), 1, BLOCK, file.getModificationTime(), file.getPath());
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
    BlockLocation[] blocks = new BlockLocation[(int) ((file.getLen() + BLOCK - 1) / BLOCK)];
    for (int i = 0; i < blocks.length; i++) {
      long from = i * BLOCK;
      String[] hosts = {"h" + i, "localhost"};
      blocks[i] = new BlockLocation(hosts, hosts, from, Math.min(BLOCK, file.getLen() - from));
    }
    return blocks;
  }
}
