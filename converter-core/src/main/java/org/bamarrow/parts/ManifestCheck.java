package org.bamarrow.parts;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bamarrow.io.VirtualOffset;
import org.bamarrow.parts.Manifest.Input;
import org.bamarrow.parts.Part.Range;

/** Finds what is wrong with a manifest; used once. */
final class ManifestCheck {
  /** A file name: no folder, no parent, nothing hidden. */
  private static final Pattern SAFE = Pattern.compile("[^/\\\\._\\x00-\\x1f][^/\\\\\\x00-\\x1f]*");

  /** A folder for a value of a partition column. */
  private static final Pattern FOLDER =
      Pattern.compile("[^/\\\\.=\\x00-\\x1f][^/\\\\=\\x00-\\x1f]*=[^/\\\\\\x00-\\x1f]+");

  private static final Pattern CRC32 = Pattern.compile("[0-9a-f]{8}");

  private final Manifest manifest;
  private final List<Input> inputs;
  private long rows;
  private long records;
  private long bytes;
  private int input = -1;

  /** Where the next range has to start; null after a range that a limit ended. */
  private Long place;

  ManifestCheck(Manifest manifest) {
    this.manifest = manifest;
    this.inputs = manifest.inputs();
  }

  /** One sentence without a full stop; null: nothing is wrong. */
  String problem() {
    if (manifest.totals() == null || manifest.job() == null || manifest.schema() == null) {
      return "it lacks totals, job or schema";
    }
    if ((manifest.version() == 1) != (manifest.partitionSchema() == null)) {
      return "it has partition columns in version 1, or none in version 2";
    }
    Manifest.Batches batches = manifest.batches();
    if (batches != null && (batches.bytes() < 1 || !isCrc32(batches.crc32()))) {
      return "its bytes or crc32 of " + PartNames.BATCHES + " make no sense";
    }
    Set<String> names = new HashSet<>();
    for (Part part : manifest.parts()) {
      String problem = problem(part);
      if (problem == null && !names.add(part.name())) {
        problem = "it is listed twice";
      }
      if (problem != null) {
        return "part " + part.name() + ": " + problem;
      }
    }
    Manifest.Totals found = new Manifest.Totals(rows, records, bytes);
    if (!found.equals(manifest.totals())) {
      return "the totals are " + manifest.totals() + ", the parts have " + found;
    }
    return inputs.isEmpty() ? null : endProblem();
  }

  private String problem(Part part) {
    if (part.name() == null || !isWithin(part.name())) {
      return "that is no name of a file in the directory";
    }
    if (part.rows() < 0 || part.records() < part.rows() || part.bytes() < 1) {
      return "rows, records or bytes make no sense";
    }
    if (!isCrc32(part.crc32())) {
      return "its crc32 is not 8 hexadecimal digits";
    }
    try {
      rows = Math.addExact(rows, part.rows());
      records = Math.addExact(records, part.records());
      bytes = Math.addExact(bytes, part.bytes());
    } catch (ArithmeticException e) {
      return "with it the totals are past 2^63";
    }
    if (part.ranges().isEmpty() != inputs.isEmpty()) {
      return "it needs ranges where there are inputs, and only there";
    }
    for (Range range : part.ranges()) {
      String problem = problem(range);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static boolean isCrc32(String text) {
    return text != null && CRC32.matcher(text).matches();
  }

  /** Whether a name cannot leave the directory. */
  private boolean isWithin(String name) {
    int folders = name.lastIndexOf('/');
    if (manifest.partitionSchema() == null || folders < 0) {
      return manifest.partitionSchema() == null && SAFE.matcher(name).matches();
    }
    return SAFE.matcher(name.substring(folders + 1)).matches()
        && Arrays.stream(name.substring(0, folders).split("/", -1))
            .allMatch(folder -> FOLDER.matcher(folder).matches());
  }

  private String problem(Range range) {
    if (range.input() != input) {
      if (range.input() != input + 1 || range.input() >= inputs.size() || input >= 0 && !atEnd()) {
        return "input " + range.input() + " is not what follows here";
      }
      input++;
      place = inputs.get(input).firstRecord();
    }
    if (place == null || range.start() != place) {
      return String.format(
          "its range starts at virtual offset %d, but %s is where the one before ended",
          range.start(), place == null ? "at a limit" : "virtual offset " + place);
    }
    if (range.next() != null && Long.compareUnsigned(range.next(), range.start()) < 0) {
      return "its range ends before it starts";
    }
    place = range.next();
    return null;
  }

  private boolean atEnd() {
    return place != null && place == VirtualOffset.of(inputs.get(input).size());
  }

  private String endProblem() {
    long limit = manifest.limit();
    if (limit >= 0 && rows > limit) {
      return "there are " + rows + " rows, over the limit of " + limit;
    }
    if (limit >= 0 && rows == limit) {
      return null;
    }
    return input == inputs.size() - 1 && atEnd()
        ? null
        : "the ranges do not reach the end of the last input";
  }
}
