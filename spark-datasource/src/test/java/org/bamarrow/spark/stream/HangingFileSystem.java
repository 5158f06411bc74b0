package org.bamarrow.spark.stream;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;
import org.bamarrow.spark.cluster.TroubledFileSystem;

/** The local disk, where creating one file leaves a mark and never ends. */
public final class HangingFileSystem extends TroubledFileSystem {
  /** A regular expression of the whole path; not set: no file. */
  static final String AT = "fs.hang.at";

  static final String MARK = "fs.hang.mark";

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (path.toUri().getPath().matches(getConf().get(AT, ""))) {
      Files.createFile(java.nio.file.Path.of(getConf().get(MARK)));
      hang();
    }
    return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
  }
}
