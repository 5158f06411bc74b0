package org.bamarrow.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.bamarrow.internal.index.IndexFiles;
import org.bamarrow.io.ByteSource;

/** Indexes on any Hadoop file system, by the URIs of their files. */
public record HadoopIndexFiles(Configuration settings) implements IndexFiles {
  @Override
  public boolean exists(String name) throws IOException {
    try {
      return status(name).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public ByteSource open(String name) throws IOException {
    return Sources.open(TableFiles.file(status(name)), settings);
  }

  @Override
  public long modified(String name) throws IOException {
    return status(name).getModificationTime();
  }

  private FileStatus status(String name) throws IOException {
    Path path = new Path(URI.create(name));
    return FileSystems.of(path, settings).getFileStatus(path);
  }
}
