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
 * Files of jobs that were ended in the middle. A running job's files look the same, so age decides:
 * a job counts as ended when none of its files has been written for a while. Only files with names
 * that jobs give are ever touched.
 */
public final class OrphanFiles {
  /**
   * What cleaning did.
   *
   * @param removed names of the files removed
   * @param kept names of the files that may be a running job's
   */
  public record Cleaned(List<String> removed, List<String> kept) {}

  private OrphanFiles() {}

  /**
   * Removes part files that the manifest does not name; all of them where there is none.
   *
   * @param store directory of parts
   * @param age of the newest file of a job from which its files are leftovers
   * @param now in milliseconds since 1970, by the storage's clock
   * @return what was removed
   * @throws IOException if the manifest is broken, so that nobody knows which parts count
   */
  public static Cleaned clean(PartStore store, Duration age, long now) throws IOException {
    Set<String> wanted =
        Manifest.find(store).stream()
            .flatMap(manifest -> manifest.parts().stream())
            .map(Part::name)
            .collect(Collectors.toSet());
    List<Entry> files = store.list();
    Map<String, Long> newest = newest(files);
    Cleaned cleaned = new Cleaned(new ArrayList<>(), new ArrayList<>());
    for (Entry file : files) {
      String job = jobOf(file.name());
      if (job == null || wanted.contains(file.name())) {
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
   * Files of jobs that have written nothing since a job's first file was written. Only the
   * storage's clock counts.
   */
  static Set<String> before(String job, List<Entry> files) {
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
   * {@return a hidden name for writing a file before it has its own, by which leftovers are known}
   *
   * @param name name of the output
   */
  public static String temporaryName(String name) {
    return TemporaryNames.of(name, PartNames.newJob());
  }

  /**
   * {@return whether {@link #temporaryName} of {@code name} can have been this}
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
        ? name // of a job that is not known: it stands for itself
        : PartNames.jobOf(name);
  }
}
