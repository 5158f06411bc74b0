package org.bamarrow.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bamarrow.internal.ipc.ChannelStream;
import org.bamarrow.internal.ipc.FileOwnership;
import org.bamarrow.internal.ipc.NewFile;
import org.bamarrow.internal.ipc.TemporaryFiles;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;

/**
 * A local directory. Files created in it are deleted if the program exits, also by a signal, before
 * {@link #publish}; so is the directory, if it was created here and is empty.
 */
public final class LocalPartStore implements PartStore {
  private final String name;
  private final Path folder;
  private final boolean durable;
  private final Set<Path> created = ConcurrentHashMap.newKeySet();
  private boolean madeFolder;

  /**
   * A directory of the local file system.
   *
   * @param name as the user gave it
   * @param durable sync files and directory to the disk
   */
  public LocalPartStore(String name, boolean durable) {
    this.name = name;
    this.folder = Path.of(name);
    this.durable = durable;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OutputStream create(String file) throws IOException {
    makeFolder();
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return new File(path, createChannel(path));
  }

  private synchronized void makeFolder() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      TemporaryFiles.createFolder(folder);
      madeFolder = true;
      created.add(folder);
    } catch (NoSuchFileException e) {
      throw new IOException(name + ": its parent directory does not exist", e);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(name + ": is a file, not a directory for parts", e);
    }
  }

  /** With the mode of the existing manifest, so that a replacement is not more readable. */
  private FileChannel createChannel(Path path) throws IOException {
    Path manifest = folder.resolve(Manifest.NAME);
    FileOwnership there = Files.isRegularFile(manifest) ? FileOwnership.of(manifest) : null;
    FileChannel channel =
        there == null
            ? TemporaryFiles.create(path)
            : TemporaryFiles.create(path, FileOwnership.ownerOnly(path));
    created.add(path);
    if (there != null) {
      there.giveTo(path);
    }
    return channel;
  }

  @Override
  public void publish(String file, byte[] content, boolean replace, Precondition precondition)
      throws IOException {
    makeFolder();
    Path temporary = folder.resolve(OrphanFiles.temporaryName(file));
    Path target = folder.resolve(file);
    try {
      try (OutputStream out = new File(temporary, createChannel(temporary))) {
        out.write(content);
      }
      TemporaryFiles.keep(
          created,
          () -> {
            precondition.check();
            if (replace) {
              Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } else {
              NewFile.appear(temporary, target);
            }
          });
    } catch (IOException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException deleting) {
        e.addSuppressed(deleting);
      }
      throw e;
    }
    created.clear();
    syncFolder();
  }

  private void syncFolder() throws IOException {
    if (durable) {
      for (Path path : List.of(folder, folder.toAbsolutePath().getParent())) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  @Override
  public ByteSource open(String file) throws IOException {
    Path path = folder.resolve(file);
    try {
      return new FileByteSource(path.toString(), path);
    } catch (NoSuchFileException e) {
      throw new IOException(path + ": is missing", e);
    }
  }

  @Override
  public boolean exists(String file) {
    return Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isFile(String file) {
    return Files.isRegularFile(folder.resolve(file));
  }

  @Override
  public List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.exists(folder)) {
      return entries;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(name + ": is a file, not a directory of parts");
    }
    list(folder, "", entries);
    return entries;
  }

  /**
   * @param within name of the folder in the directory, with a slash
   */
  private static void list(Path folder, String within, List<Entry> entries) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        add(file, within + file.getFileName(), entries);
      }
    }
  }

  private static void add(Path file, String name, List<Entry> entries) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return; // removed since the folder was read
    }
    if (attributes.isRegularFile()) {
      long modified = attributes.lastModifiedTime().toMillis();
      entries.add(new Entry(name, attributes.size(), modified));
    } else if (attributes.isDirectory()
        && PartStore.isPartitionFolder(file.getFileName().toString())) {
      list(file, name + "/", entries);
    }
  }

  /** As promised; the folder goes with its last file if it was made here. */
  @Override
  public synchronized void delete(String file) throws IOException {
    Path path = folder.resolve(file);
    Files.deleteIfExists(path);
    TemporaryFiles.forget(path);
    created.remove(path);
    for (Path within = path.getParent();
        !within.equals(folder) && deleteEmpty(within);
        within = within.getParent()) {}
    if (madeFolder && deleteEmpty(folder)) {
      TemporaryFiles.forget(folder);
      madeFolder = false;
    }
  }

  /** False if it has files of others, or more of ours. */
  private static boolean deleteEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  /** A file that is being written; closing it twice is harmless. */
  private final class File extends ChannelStream {
    private final FileChannel channel;

    File(Path path, FileChannel channel) {
      super(path.toString(), channel);
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      if (channel.isOpen() && durable) {
        channel.force(true);
      }
      channel.close();
    }
  }
}
