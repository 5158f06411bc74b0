package org.bamarrow.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.bamarrow.io.ByteSource;

/**
 * Access to one directory, wherever it is: a local folder, a Hadoop file system, an object store.
 * Requires no rename, no lock and no order of visibility, because object stores have none. Names
 * are file names, or those of files in folders for the values of partition columns, such as {@code
 * sample=NA12878/part-...arrow}. Implementations are thread-safe.
 */
public interface PartStore {
  /**
   * A file in the directory.
   *
   * @param name its name within the directory
   * @param bytes its length
   * @param modified when it was last written, in milliseconds since 1970, by the storage's clock
   */
  record Entry(String name, long bytes, long modified) {}

  /** {@return the directory, for messages} */
  String name();

  /**
   * Creates a file, and its directory and folders if they do not exist. The file may be visible to
   * others while it is written, or only once it is closed.
   *
   * @param name name of a file within the directory
   * @return the file, which is complete when it has been closed
   * @throws IOException if there is a file of this name, as far as the storage can tell
   */
  OutputStream create(String name) throws IOException;

  /**
   * A last check of what is in the directory; an exception prevents the file from being published.
   */
  interface Precondition {
    /**
     * Throws if the file must not be published.
     *
     * @throws java.io.IOException if something cannot be read or written
     */
    void check() throws IOException;
  }

  /**
   * Writes a small file that becomes visible only when it is complete. From then on, files that
   * were created through this object are kept when the program exits.
   *
   * @param name name of a file within the directory
   * @param content the bytes of the file
   * @param replace whether an existing file of the same name is replaced
   * @param precondition checked as late as possible before the file becomes visible
   * @throws java.nio.file.FileAlreadyExistsException if there is a file of this name that must not
   *     be replaced, as far as the storage can tell
   */
  void publish(String name, byte[] content, boolean replace, Precondition precondition)
      throws IOException;

  /**
   * Opens a file.
   *
   * @param name name of a file within the directory
   * @return the file, to be closed by the caller
   * @throws IOException if it does not exist or cannot be opened
   */
  ByteSource open(String name) throws IOException;

  /**
   * {@return whether anything has this name: a file, a folder, or a dangling link}
   *
   * @param name name of a file within the directory
   * @throws java.io.IOException if something cannot be read or written
   */
  boolean exists(String name) throws IOException;

  /**
   * {@return whether there is a file of this name}
   *
   * @param name name of a file within the directory
   * @throws java.io.IOException if something cannot be read or written
   */
  default boolean isFile(String name) throws IOException {
    return list().stream().anyMatch(entry -> entry.name().equals(name));
  }

  /**
   * {@return whether a folder is one for a value of a partition column}
   *
   * @param folder its name, such as {@code sample=NA12878}
   */
  static boolean isPartitionFolder(String folder) {
    return folder.indexOf('=') > 0 && !folder.startsWith(".");
  }

  /**
   * {@return all files, also those in folders for the values of partition columns, in any order;
   * empty if the directory does not exist}
   *
   * @throws java.io.IOException if something cannot be read or written
   */
  List<Entry> list() throws IOException;

  /**
   * Deletes a file if it exists; its folder within the directory may be deleted with its last file.
   *
   * @param name name of a file within the directory
   * @throws java.io.IOException if something cannot be read or written
   */
  void delete(String name) throws IOException;
}
