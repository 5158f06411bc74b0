package org.bamarrow.spark.stream;

import java.net.URI;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.bamarrow.spark.files.TableFiles;

/**
 * A file of a batch, as it was when the batch was logged.
 *
 * @param name its qualified URI
 * @param length in bytes
 * @param modified milliseconds since 1970
 * @param batch number of the batch, from 0
 */
record LoggedFile(String name, long length, long modified, long batch) {
  static LoggedFile of(FileStatus file, long batch) {
    return new LoggedFile(
        TableFiles.file(file).name(), file.getLen(), file.getModificationTime(), batch);
  }

  Path path() {
    return new Path(URI.create(name));
  }

  /** Whether the file has not been replaced or continued since. */
  boolean isSame(FileStatus now) {
    return length == now.getLen() && modified == now.getModificationTime();
  }
}
