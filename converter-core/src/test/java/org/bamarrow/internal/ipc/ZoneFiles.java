package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.filter.DecodedBam;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.internal.zone.ZoneMaps;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;

/**
 * A converted file with its zones.
 *
 * @param columns of the zones
 */
public record ZoneFiles(Path file, ZoneColumns columns, List<Zone> zones) {
  /** The zones of a BAM of a test, in batches of few rows. */
  public static ZoneFiles convert(DecodedBam bam, Path folder, int batchRows) throws IOException {
    List<String> names = new ArrayList<>(ColumnOptions.CORE);
    names.add("rid"); // to be compared with the rows
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withNames(names)
            .withCoordinates(bam.zeroBased() ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED)
            .withTextEncoding(bam.latin1() ? TextEncoding.LATIN_1 : TextEncoding.UTF_8);
    return convert(bam.file(), folder, options(batchRows).withColumns(columns));
  }

  /** Options for batches of few rows. */
  public static ConvertOptions options(int batchRows) {
    MachineOptions machine =
        MachineOptions.defaults()
            .withStrategy(Strategy.SEQUENTIAL)
            .withThreads(1)
            .withInflater(Inflater.JDK);
    BatchOptions batches = BatchOptions.defaults().withRows(batchRows);
    return ConvertOptions.defaults().withMachine(machine).withBatches(batches);
  }

  public static ZoneFiles convert(Path bam, Path folder, ConvertOptions options)
      throws IOException {
    Path out = Files.createTempFile(folder, "zones", ".arrow");
    BamToArrow.convert(
        List.of(bam.toString()),
        out.toString(),
        options.withOutput(options.output().withForce(true)),
        Progress.NONE);
    return read(out);
  }

  /** The zones of an Arrow file. */
  public static ZoneFiles read(Path file) throws IOException {
    try (IpcBatches batches = IpcBatches.open(new FileByteSource(file.toString(), file))) {
      ZoneColumns columns = ZoneColumns.of(batches.schema().getFields(), true);
      return new ZoneFiles(file, columns, batches.zones().all());
    }
  }

  /** A file of reads sorted by position. */
  public static ZoneFiles sorted(Path folder, int records, int batchRows) throws IOException {
    Path file = folder.resolve("sorted.bam");
    SynthBam.write(file, SynthOptions.of(SynthProfile.SHORT, records, 8));
    return convert(file, folder, options(batchRows));
  }

  /** The zones in groups of so many. */
  public List<Zone> merged(int group) {
    List<Zone> merged = new ArrayList<>();
    for (int i = 0; i < zones.size(); i += group) {
      merged.add(ZoneMaps.merged(zones.subList(i, Math.min(zones.size(), i + group))));
    }
    return merged;
  }

  /** A map of at most so many zones. */
  public ZoneMap map(int most) {
    ZoneMap map = ZoneMaps.of(columns, most);
    zones.forEach(map::add);
    return map;
  }
}
