package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Hadoop configuration reaches the tasks of all queries of a table in one broadcast. */
class TaskSettingsTest {
  @TempDir static Path folder;
  private static Path bam;
  private static Path arrow;

  @BeforeAll
  static void make() throws IOException {
    bam = Bams.synth(folder.resolve("a.bam"), SynthProfile.SHORT, 100);
    arrow = folder.resolve("a.arrow");
    BamToArrow.convert(
        List.of(bam.toString()), arrow.toString(), ConvertOptions.defaults(), Progress.NONE);
  }

  @Test
  void tasksDoNotCarryTheConfiguration() throws IOException {
    for (Path data : List.of(bam, arrow)) {
      for (String table : new String[] {"records", "references"}) {
        PartitionReaderFactory factory =
            Plans.scans(LocalSpark.read(data, "table", table))
                .get(0)
                .scan()
                .toBatch()
                .createReaderFactory();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(factory);
        assertTrue(bytes.size() < 20_000, table + " of " + data + ": " + bytes.size() + " bytes");
      }
    }
  }

  @Test
  void tablesThatAreMadeOfATableShareTheBroadcast() {
    Map<String, String> given = Map.of("path", folder + "/*.bam", "fs.test.a", "1");
    TableFiles files = new TableFiles(given, LocalSpark.SESSION);
    assertEquals("1", files.settingsForTasks().value().value().get("fs.test.a"));
    assertSame(files.settingsForTasks(), files.settingsForTasks());
    assertSame(files.settingsForTasks(), files.only(new BitSet()).settingsForTasks());
    TableFiles typed = files.withPartitionTypes(new StructType());
    assertSame(files.settingsForTasks(), typed.settingsForTasks());
    TableFiles other = files.with(new CaseInsensitiveStringMap(Map.of("fs.test.a", "2")));
    assertEquals("2", other.settingsForTasks().value().value().get("fs.test.a"));
  }
}
