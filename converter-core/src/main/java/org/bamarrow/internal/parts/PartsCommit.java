package org.bamarrow.internal.parts;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bamarrow.internal.ipc.ExistingFileException;
import org.bamarrow.parts.BrokenManifestException;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.OrphanFiles;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore;
import org.bamarrow.parts.PartStore.Entry;

/**
 * One job's way to a complete directory: exactly once, or not at all. The manifest is the commit;
 * whatever happens before it leaves the directory as it was for readers, who follow the manifest
 * that is there. One job at a time writes to a directory. For one thread, that of the driver.
 */
public final class PartsCommit {
  private final PartStore store;
  private final String job;
  private final boolean force;
  private boolean committed;

  private PartsCommit(PartStore store, String job, boolean force) {
    this.store = store;
    this.job = job;
    this.force = force;
  }

  /**
   * Begins a commit, which shows nothing until it is whole.
   *
   * @param store directory of parts
   * @param job of all parts that will be committed ({@link PartNames#job})
   * @param force replace the parts of a complete directory
   * @return the commit that has begun
   * @throws FileAlreadyExistsException if the directory is complete and must not be replaced
   */
  public static PartsCommit begin(PartStore store, String job, boolean force) throws IOException {
    PartsCommit commit = new PartsCommit(store, job, force);
    commit.requireReplaceable();
    return commit;
  }

  private void requireReplaceable() throws IOException {
    if (!force && store.exists(Manifest.NAME)) {
      throw complete();
    }
  }

  private FileAlreadyExistsException complete() {
    return new ExistingFileException(store.name(), "holds a complete conversion already");
  }

  /**
   * Makes the parts count: checks that they make a whole and are there, then publishes the
   * manifest, then removes parts that no longer count: other attempts of this job, the parts of the
   * manifest before, and orphan files of jobs that have written nothing since this one's first
   * part. At the end it checks that the manifest is still its own.
   *
   * @param manifest manifest of the finished job
   * @param written the parts of the job
   * @throws FileAlreadyExistsException if another job has completed the directory meanwhile, which
   *     must not be replaced
   * @throws IOException if the parts make no whole, or cannot be published, or another job has
   *     replaced them; where only the removal failed, the message says that the directory is
   *     complete
   */
  public void commit(Manifest manifest, List<WrittenPart> written) throws IOException {
    commit(Optional.empty(), manifest, written, this::partsToReplace);
  }

  /**
   * As {@link #commit(Manifest, List)}, where the manifest goes on naming the parts of another.
   *
   * @param before the other, or none
   * @param manifest manifest of the finished job
   * @param written the parts of the job
   * @return false if that one is not there any more, as another job has committed meanwhile:
   *     nothing has been done, and a manifest that goes on from the new one may be tried
   * @throws java.io.IOException if something cannot be read or written
   */
  public boolean commitAfter(
      Optional<Manifest> before, Manifest manifest, List<WrittenPart> written) throws IOException {
    try {
      commit(
          before,
          manifest,
          written,
          () -> {
            if (!before.map(Manifest::job).equals(find().map(Manifest::job))) {
              throw new ConcurrentChange();
            }
            return partsToReplace();
          });
      return true;
    } catch (ConcurrentChange e) {
      return false;
    }
  }

  private static final class ConcurrentChange extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Lists the parts that no longer count; called as late as possible. */
  private interface Replaced {
    List<String> parts() throws IOException;
  }

  private void commit(
      Optional<Manifest> before, Manifest parts, List<WrittenPart> written, Replaced replaced)
      throws IOException {
    byte[] batches = BatchesFile.make(store, before, parts, written);
    Manifest manifest = parts.withBatches(BatchesFile.inManifest(batches));
    manifest.validate(store.name());
    List<Entry> files = store.list();
    requireAll(manifest, files);
    Set<String> obsolete = new TreeSet<>(OrphanFiles.before(job, files));
    try {
      store.publish(
          Manifest.NAME, manifest.toJson(), force, () -> obsolete.addAll(replaced.parts()));
    } catch (FileAlreadyExistsException e) {
      throw complete();
    }
    committed = true;
    files.stream().map(Entry::name).filter(this::isOurs).forEach(obsolete::add);
    manifest.parts().forEach(part -> obsolete.remove(part.name()));
    try {
      for (String name : obsolete) {
        store.delete(name);
      }
    } catch (IOException e) {
      throw new IOException(
          store.name() + ": is complete, but old parts could not be removed: " + e.getMessage(), e);
    }
    if (!published()) {
      committed = false;
      throw new IOException(
          store.name()
              + ": another job has replaced this one's parts, which are removed; one job at a time"
              + " writes to a directory");
    }
    BatchesFile.publish(store, batches);
  }

  /** The parts of the current manifest; none if it is broken. */
  private List<String> partsToReplace() throws IOException {
    requireReplaceable();
    return find().stream().flatMap(old -> old.parts().stream()).map(Part::name).toList();
  }

  /** The current manifest; empty if it is broken, which no job commits. */
  private Optional<Manifest> find() throws IOException {
    try {
      return Manifest.find(store);
    } catch (BrokenManifestException e) {
      return Optional.empty();
    }
  }

  private void requireAll(Manifest manifest, List<Entry> files) throws IOException {
    Map<String, Long> sizes =
        files.stream()
            .collect(Collectors.toMap(Entry::name, Entry::bytes, Long::max, HashMap::new));
    for (Part part : manifest.parts()) {
      Long bytes = sizes.get(part.name());
      if (bytes == null || bytes != part.bytes()) {
        throw new IOException(
            String.format(
                "%s: part %s %s; another program writes to this directory, use one of its own",
                store.name(),
                part.name(),
                bytes == null ? "is gone" : "has " + bytes + " bytes instead of " + part.bytes()));
      }
    }
  }

  private boolean isOurs(String name) {
    return job.equals(PartNames.jobOf(name));
  }

  /**
   * Removes what this job wrote and nothing else; nothing where its manifest is published. Tasks
   * that still run may write more, which {@link OrphanFiles} knows.
   *
   * @throws java.io.IOException if something cannot be read or written
   */
  public void abort() throws IOException {
    if (committed || published()) {
      return;
    }
    for (Entry file : store.list()) {
      if (isOurs(file.name())) {
        store.delete(file.name());
      }
    }
  }

  /** Publishing may have succeeded although it reported an error, if a response was lost. */
  private boolean published() throws IOException {
    return find().filter(manifest -> manifest.job().equals(job)).isPresent();
  }
}
