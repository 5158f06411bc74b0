package org.bamarrow.internal.engine;

import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.internal.ipc.ZoneTable;
import org.bamarrow.internal.ipc.ZonesOfParts;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.Interrupts;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore;
import org.slf4j.LoggerFactory;

/**
 * Finds in the file {@value PartNames#BATCHES} of a directory which record batches of its parts a
 * condition needs: one read instead of one for each part. A file that is not the one of the
 * manifest, or not valid, is ignored, which is logged.
 */
public final class PartBatches {
  /** A larger one is not worth it: readers of the parts read their zone maps. */
  private static final int MAX_BYTES = 1 << 26;

  /** Up to this size the file is read at once, and its checksum compared. */
  private static final int AT_ONCE = 1 << 23;

  private PartBatches() {}

  /**
   * The record batches of each part that a condition needs, by the name of the part. Of parts that
   * are not in the file it may be known by the manifest that no row is needed.
   *
   * @param manifest of the directory
   * @param fields the columns of the parts
   * @return without parts of which nothing is known
   * @throws IOException if the thread is interrupted
   */
  public static Map<String, WantedBatches> wanted(
      PartStore store, Manifest manifest, List<Field> fields, ZonesOfParts.TestOf condition)
      throws IOException {
    Map<String, WantedBatches> told = ofFile(store, manifest.batches(), fields, condition);
    PartZones zones = new PartZones(store.name(), fields);
    ZoneTest test = condition.on(zones.columns());
    Map<String, WantedBatches> wanted = new HashMap<>();
    for (Part part : manifest.parts()) {
      WantedBatches some = told.get(part.name());
      if (some != null && some.end() <= part.bytes()) {
        wanted.put(part.name(), some);
        continue;
      }
      Zone zone = zones.of(part);
      if (zone != null && !test.canMatch(zone)) {
        wanted.put(part.name(), new WantedBatches(zone.batches(), zone.batches(), List.of()));
      }
    }
    return wanted;
  }

  private static Map<String, WantedBatches> ofFile(
      PartStore store, Manifest.Batches known, List<Field> fields, ZonesOfParts.TestOf condition)
      throws IOException {
    try {
      if (!store.isFile(PartNames.BATCHES)) {
        return Map.of();
      }
      try (ByteSource source = store.open(PartNames.BATCHES)) {
        return source.size() > MAX_BYTES
            ? Map.of()
            : ZonesOfParts.wanted(checked(source, known), fields, condition);
      }
    } catch (IOException | RuntimeException e) {
      Interrupts.rethrow("interrupted while " + PartNames.BATCHES + " was read", e);
      LoggerFactory.getLogger(PartBatches.class)
          .warn("{}/{} is ignored: {}", store.name(), PartNames.BATCHES, e.getMessage());
      return Map.of();
    }
  }

  /**
   * @param known what the manifest says of the file; null: nothing, as in older manifests
   */
  private static ByteSource checked(ByteSource source, Manifest.Batches known) throws IOException {
    if (known != null && source.size() != known.bytes()) {
      throw new IOException(
          "it has " + source.size() + " bytes, the manifest says " + known.bytes());
    }
    if (source.size() > AT_ONCE) {
      return source;
    }
    byte[] all = new byte[(int) source.size()];
    if (source.read(0, all, 0, all.length) < all.length) {
      throw new EOFException("it became shorter while it was read");
    }
    ByteSource bytes = ZoneTable.bytes(source.name(), all);
    String problem = known == null ? null : known.problem(bytes);
    if (problem != null) {
      throw new IOException(problem);
    }
    return bytes;
  }
}
