package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;

/** Opens files on any file system. */
public final class Sources {
  private Sources() {}

  /**
   * Opens a file: local files directly, because Hadoop's local file system searches for checksum
   * files and reads slowly, all others through Hadoop.
   *
   * @throws FileNotFoundException if it no longer exists
   */
  public static ByteSource open(BamFile file, Configuration settings) throws IOException {
    if (!"file".equals(file.path().toUri().getScheme())) {
      return new SmallReadSource(new HadoopByteSource(file, settings));
    }
    Path path = Path.of(file.path().toUri().getPath());
    if (!Files.exists(path)) {
      throw new FileNotFoundException(file.name() + ": the file no longer exists");
    }
    return new FileByteSource(file.name(), path);
  }

  /**
   * As {@link #open}, for a task that reads a split sequentially: remote files are read ahead, to
   * the end of the last block that may start in the split.
   *
   * @param readAheadBytes of one request; 0: no read-ahead
   */
  public static ByteSource openToRead(
      BamFile file, BamSplit split, Configuration settings, int readAheadBytes) throws IOException {
    long end = split.end() + BlockHeader.MAX_BYTES;
    return readAhead(open(file, settings), readAheadBytes, split.begin(), end);
  }

  /**
   * As {@link #open}, for a task that reads ranges one after another: remote files are read ahead,
   * ranges that are near one another at once.
   *
   * @param ranges begin and end (exclusive) of each, in the order of the file
   * @param readAheadBytes of one request; 0: no read-ahead
   */
  public static ByteSource openToRead(
      BamFile file, List<Long> ranges, Configuration settings, int readAheadBytes)
      throws IOException {
    List<Long> joined = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i += 2) {
      int last = joined.size() - 1;
      if (last > 0 && ranges.get(i) - joined.get(last) <= SmallReadSource.PAGE_BYTES) {
        joined.set(last, ranges.get(i + 1));
      } else {
        joined.addAll(ranges.subList(i, i + 2));
      }
    }
    long[] bounds = joined.stream().mapToLong(Long::longValue).toArray();
    return readAhead(open(file, settings), readAheadBytes, bounds);
  }

  private static ByteSource readAhead(ByteSource source, int bytes, long... bounds) {
    return source instanceof FileByteSource || bytes == 0
        ? source
        : new ReadAheadSource(source, bytes, bounds);
  }
}
