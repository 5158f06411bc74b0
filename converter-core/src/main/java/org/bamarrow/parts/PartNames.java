package org.bamarrow.parts;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of one job's part files, {@code part-NUMBER-JOB-ATTEMPT.arrow}: in the order of names
 * the parts are in the order of the rows, and every attempt at a part has a name of its own.
 *
 * @param job of the job, 8 to 32 digits in lower-case hexadecimal; no other job's
 * @param parts minimum number of parts
 */
public record PartNames(String job, int parts) implements Serializable {
  /**
   * Name of the file with the statistics of all record batches ({@code docs/schema.md}), which
   * readers may use and which may be missing.
   */
  public static final String BATCHES = "_batches.arrow";

  /** Folders of partition columns; attempts within attempts are joined by hyphens. */
  private static final Pattern NAME =
      Pattern.compile("(?:[^/=]+=[^/]+/)*part-(\\d{5,10})-([0-9a-f]{8,32})-\\d+(?:-\\d+)*\\.arrow");

  private static final Pattern JOB = Pattern.compile("[0-9a-f]{8,32}");
  private static final int MIN_DIGITS = 5;

  /**
   * Checks the job's name.
   *
   * @param job of the job, 8 to 32 digits in lower-case hexadecimal
   * @param parts minimum number of parts
   */
  public PartNames {
    if (!isJob(job)) {
      throw new IllegalArgumentException(
          "'" + job + "' is not a job name of 8 to 32 hexadecimal digits");
    }
  }

  /** Whether it is a valid name of a job. */
  static boolean isJob(String name) {
    return JOB.matcher(name).matches();
  }

  /** {@return a name for a new job: 64 random bits} */
  public static String newJob() {
    byte[] bytes = new byte[8];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * The name of one attempt at a part.
   *
   * @param number 0-based place of the part in the order of the rows
   * @param attempt digits, which no other attempt at this part has; groups are joined by hyphens
   * @return the name of the file
   */
  public String name(int number, String attempt) {
    int digits = Math.max(MIN_DIGITS, String.valueOf(parts - 1).length());
    String name = String.format("part-%0" + digits + "d-%s-%s.arrow", number, job, attempt);
    if (jobOf(name) == null) {
      throw new IllegalArgumentException("'" + name + "' is not a name of a part");
    }
    return name;
  }

  /**
   * {@return the job that gave a file its name; null: no part has such a name}
   *
   * @param file name of a file
   */
  public static String jobOf(String file) {
    Matcher matcher = NAME.matcher(file);
    return matcher.matches() ? matcher.group(2) : null;
  }

  /**
   * {@return whether some job gave a file its name, so that only a manifest can say if it counts}
   *
   * @param file name of a file
   */
  public static boolean isPart(String file) {
    return jobOf(file) != null;
  }

  /**
   * {@return whether a file is one of a directory of parts: a part, the manifest, or the statistics
   * of the record batches}
   *
   * @param file name of a file
   */
  public static boolean isOfDirectory(String file) {
    return isPart(file) || file.equals(Manifest.NAME) || file.equals(BATCHES);
  }

  /**
   * {@return the number in a part's name, -1 where another program named it}
   *
   * @param file name of a file
   */
  public static long numberOf(String file) {
    Matcher matcher = NAME.matcher(file);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
