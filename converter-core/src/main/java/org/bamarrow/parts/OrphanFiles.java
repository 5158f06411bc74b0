package org.bamarrow.parts;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bamarrow.internal.ipc.TemporaryNames;
import org.bamarrow.parts.PartStore.Entry;

/**
 * Orphan files: part files that no manifest names, left by jobs that were killed. The files of a
 * running job look the same, so age decides: a job counts as ended when none of its files has been
 * written for a while. Only files with names that jobs give are ever deleted.
 */
public final class OrphanFiles {
  /**
   * The result of a cleaning.
   *
   * @param removed names of the deleted files
   * @param kept names of the files that may belong to a running job
   */
  public record Cleaned(List<String> removed, List<String> kept) {}

  private OrphanFiles() {}

  /**
   * Deletes part files that the manifest does not name, or all part files if there is no manifest.
   *
   * @param store directory of parts
   * @param age a job whose newest file is at least this old has ended, and its files are orphans
   * @param now milliseconds since 1970, by the clock of the storage
   * @return what was deleted
   * @throws IOException if the manifest is broken, so that it is not known which parts count
   */
  public static Cleaned clean(PartStore store, Duration age, long now) throws IOException {
    Set<String> named =
        Manifest.find(store).stream()
            .flatMap(manifest -> manifest.parts().stream())
            .map(Part::name)
            .collect(Collectors.toSet());
    List<Entry> files = store.list();
    Map<String, Long> newest = newest(files);
    Cleaned cleaned = new Cleaned(new ArrayList<>(), new ArrayList<>());
    for (Entry file : files) {
      String job = jobOf(file.name());
      if (job == null || named.contains(file.name())) {
        continue;
      }
      if (now - newest.get(job) < age.toMillis()) {
        cleaned.kept.add(file.name());
      } else {
        store.delete(file.name());
        cleaned.removed.add(file.name());
      }
    }
    return cleaned;
  }

  /**
   * {@return names of the orphan files that are older than a job: those of jobs that have written
   * nothing since this job wrote its first file, by the clock of the storage}
   *
   * @param job name of the job
   * @param files all files of the directory
   */
  public static Set<String> before(String job, List<Entry> files) {
    long first =
        files.stream()
            .filter(file -> job.equals(jobOf(file.name())))
            .mapToLong(Entry::modified)
            .min()
            .orElse(Long.MIN_VALUE);
    Map<String, Long> newest = newest(files);
    Set<String> names = new TreeSet<>();
    for (Entry file : files) {
      String other = jobOf(file.name());
      if (other != null && newest.get(other) < first) {
        names.add(file.name());
      }
    }
    return names;
  }

  private static Map<String, Long> newest(List<Entry> files) {
    Map<String, Long> newest = new HashMap<>();
    for (Entry file : files) {
      String job = jobOf(file.name());
      if (job != null) {
        newest.merge(job, file.modified(), Math::max);
      }
    }
    return newest;
  }

  /**
   * {@return a hidden temporary name for a file that is being written, by which orphan files are
   * recognized}
   *
   * @param name name of the output
   */
  public static String temporaryName(String name) {
    return TemporaryNames.of(name, PartNames.newJob());
  }

  /**
   * {@return whether {@link #temporaryName} of {@code name} may have returned this name}
   *
   * @param file name of a file
   * @param name name of the output
   */
  public static boolean isTemporary(String file, String name) {
    String before = TemporaryNames.start(name);
    int end = file.length() - TemporaryNames.SUFFIX.length();
    return file.startsWith(before)
        && file.endsWith(TemporaryNames.SUFFIX)
        && end > before.length()
        && PartNames.isJob(file.substring(before.length(), end));
  }

  private static String jobOf(String name) {
    return isTemporary(name, Manifest.NAME)
        ? name // of an unknown job: each file counts as a job of its own
        : PartNames.jobOf(name);
  }
}
