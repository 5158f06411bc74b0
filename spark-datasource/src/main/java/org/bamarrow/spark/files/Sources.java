package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;

/** Opens files wherever they lie. */
public final class Sources {
  private Sources() {}

  /**
   * A file of this machine straight from the disk, for Hadoop's local file system looks for
   * checksums and reads slowly; all others through Hadoop.
   *
   * @throws FileNotFoundException if it is not there any more
   */
  public static ByteSource open(BamFile file, Configuration settings) throws IOException {
    if (!"file".equals(file.path().toUri().getScheme())) {
      return new SmallReadSource(new HadoopByteSource(file, settings));
    }
    Path path = Path.of(file.path().toUri().getPath());
    if (!Files.exists(path)) {
      throw new FileNotFoundException(file.name() + ": no such file any more");
    }
    return new FileByteSource(file.name(), path);
  }

  /**
   * As {@link #open}, for a task that reads a split on and on: remote files are read ahead, as far
   * as blocks reach that start in the split.
   *
   * @param readAheadBytes of one read; 0: as the core asks
   */
  public static ByteSource openToRead(
      BamFile file, BamSplit split, Configuration settings, int readAheadBytes) throws IOException {
    ByteSource source = open(file, settings);
    return source instanceof FileByteSource || readAheadBytes == 0
        ? source
        : new ReadAheadSource(
            source, readAheadBytes, split.begin(), split.end() + BlockHeader.MAX_BYTES);
  }
}
