package org.bamarrow.spark.read;

import org.apache.hadoop.fs.Path;
import org.apache.spark.unsafe.types.UTF8String;
import org.bamarrow.spark.files.BamFile;

/** The fields of {@code _metadata}, spelled as Spark's own file sources do. */
final class FileMetadata {
  private FileMetadata() {}

  /** The value of a field for the rows of a split, in Spark's internal type. */
  static Object value(String field, FileSplit split) {
    return switch (field) {
      case "file_block_start" -> split.byteRange().begin();
      case "file_block_length" -> split.byteRange().length();
      default -> value(field, split.file());
    };
  }

  /** The value of a field that is the same in the whole file; null for others. */
  static Object value(String field, BamFile file) {
    return switch (field) {
      case "file_path" -> UTF8String.fromString(path(file).toUri().toString());
      case "file_name" -> UTF8String.fromString(encodedName(path(file)));
      case "file_size" -> file.length();
      case "file_modification_time" -> file.modified() * 1000; // microseconds
      default -> null;
    };
  }

  /** Its text as a path has one slash after the scheme, unlike that of {@code _file}. */
  private static Path path(BamFile file) {
    return new Path(file.path().toString());
  }

  private static String encodedName(Path path) {
    String encoded = path.toUri().getRawPath();
    return encoded.substring(encoded.lastIndexOf('/') + 1);
  }
}
