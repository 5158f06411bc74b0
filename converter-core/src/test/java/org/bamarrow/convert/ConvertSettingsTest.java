package org.bamarrow.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConvertSettingsTest {
  private static ConvertSettings settings(int segments, IndexUse index, int parts) {
    return new ConvertSettings(
        Execution.SEGMENTS,
        segments,
        3,
        "jdk",
        1L << 40,
        4,
        5,
        6,
        7,
        8,
        index,
        Format.STREAM,
        Compression.ZSTD,
        parts,
        DirectIo.NEVER);
  }

  @Test
  void theTextHasTheLongNamesOfOptionsInTheirOrder() {
    assertEquals(
        "{strategy=segments, segments=2, threads=3, inflater=jdk, memory=1099511627776,"
            + " read-buffer=4, write-buffer=5, batch-rows=6, chunk-bytes=7, batch-bytes=8,"
            + " index=used, format=stream, compression=zstd, direct-io=never}",
        settings(2, IndexUse.USED, 0).asText().toString());
  }

  @Test
  void settingsThatDoNotApplyAreNotInTheText() {
    assertEquals(
        "{strategy=segments, threads=3, inflater=jdk, memory=1099511627776,"
            + " read-buffer=4, write-buffer=5, batch-rows=6, chunk-bytes=7, batch-bytes=8,"
            + " format=stream, compression=zstd, parts=9}",
        settings(0, IndexUse.NO_REGIONS, 9).asText().toString());
    assertEquals("not used", settings(0, IndexUse.NOT_USED, 9).asText().get("index"));
  }

  @Test
  void aClusterHasItsOwnThreads() {
    ConvertSettings cluster = settings(0, IndexUse.USED, 9).byCluster(40);
    assertEquals("cluster", cluster.asText().get("strategy"));
    assertEquals(40, cluster.threads());
    assertEquals(9, cluster.parts());
  }
}
