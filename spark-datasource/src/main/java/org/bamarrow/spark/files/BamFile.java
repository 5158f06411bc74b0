package org.bamarrow.spark.files;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A file to read.
 *
 * @param name its qualified URI as {@code input_file_name()} gives it
 * @param length in bytes, when it was listed
 * @param modified milliseconds since 1970, when it was listed
 * @param partition the values of the partition columns of its table, in Spark's internal types; may
 *     have nulls
 */
public record BamFile(String name, long length, long modified, List<Object> partition)
    implements Serializable {
  /** Its path on its file system. */
  public Path path() {
    return new Path(URI.create(name));
  }
}
