package org.bamarrow.spark.files;

import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.fs.Path;

/**
 * A file to read.
 *
 * @param name its qualified URI as {@code input_file_name()} gives it
 * @param length in bytes, when it was listed
 */
public record BamFile(String name, long length) implements Serializable {
  Path path() {
    return new Path(URI.create(name));
  }
}
