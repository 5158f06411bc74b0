package org.bamarrow.parts;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bamarrow.ipc.ExistingFileException;
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
   * @param job of all parts that will be committed ({@link PartNames#job})
   * @param force replace the parts of a complete directory
   * @throws FileAlreadyExistsException if the directory is complete and must not be replaced
   */
  public static PartsCommit begin(PartStore store, String job, boolean force) throws IOException {
    PartsCommit commit = new PartsCommit(store, job, force);
    commit.requireReplaceable(store.list());
    return commit;
  }

  private void requireReplaceable(List<Entry> files) throws IOException {
    if (!force && files.stream().anyMatch(file -> file.name().equals(Manifest.NAME))) {
      throw new ExistingFileException(store.name(), "holds a complete conversion already");
    }
  }

  /**
   * Makes the parts count: checks that they make a whole and are there, then publishes the
   * manifest, then removes parts that no longer count: other attempts of this job, the parts of the
   * manifest before, and what jobs left behind that have written nothing since this one's first
   * part.
   *
   * @throws IOException if the parts make no whole, or cannot be published; where only the removal
   *     failed, the message says that the directory is complete
   */
  public void commit(Manifest manifest) throws IOException {
    manifest.validate(store.name());
    List<Entry> files = store.list();
    requireReplaceable(files);
    requireAll(manifest, files);
    Optional<Manifest> before = before();
    store.publish(Manifest.NAME, manifest.toJson());
    committed = true;
    Set<String> needless = new TreeSet<>(Leftovers.before(job, files));
    files.stream().map(Entry::name).filter(this::isOurs).forEach(needless::add);
    before.ifPresent(old -> old.parts().forEach(part -> needless.add(part.name())));
    manifest.parts().forEach(part -> needless.remove(part.name()));
    try {
      for (String name : needless) {
        store.delete(name);
      }
    } catch (IOException e) {
      throw new IOException(
          store.name() + ": is complete, but old parts could not be removed: " + e.getMessage(), e);
    }
  }

  /** A manifest that tells nothing stands in nobody's way: replacing it was asked for. */
  private Optional<Manifest> before() throws IOException {
    try {
      return Manifest.find(store);
    } catch (BrokenManifestException e) {
      return Optional.empty(); // its parts go with what other jobs left behind
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
   * that still run may write more, which {@link Leftovers} knows.
   */
  public void abort() throws IOException {
    List<Entry> files = store.list();
    if (committed || files.stream().anyMatch(f -> f.name().equals(Manifest.NAME)) && published()) {
      return;
    }
    for (Entry file : files) {
      if (isOurs(file.name())) {
        store.delete(file.name());
      }
    }
  }

  /** Publishing may have failed for us alone, as when an answer is lost on the way. */
  private boolean published() throws IOException {
    return before().filter(manifest -> manifest.job().equals(job)).isPresent();
  }
}
