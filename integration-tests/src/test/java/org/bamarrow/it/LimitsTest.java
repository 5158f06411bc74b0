package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.bamarrow.BamArrowReader;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.io.VirtualOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes past 32 bits, and memory that does not follow what a file claims or holds. */
class LimitsTest {
  private static final Path NOWHERE = Path.of("/dev/null");
  private static final long GIB = 1L << 30;

  @TempDir private Path folder;

  /** Read name and virtual offset of a row. */
  private record Row(String name, long virtualOffset) {}

  @Test
  void virtualOffsetsPast4GiBAreRight() throws Exception {
    Bams.Parts parts = Bams.synth(2000, 5);
    byte[] gap = Bams.emptyBlockOf64KiB();
    int middle = parts.blocks().size() / 2;
    byte[] head = join(parts.header(), parts.blocks(0, middle));
    byte[] tail = join(parts.blocks(middle, parts.blocks().size()), Bams.END_OF_FILE);
    List<Row> near = rows(new GapSource(head, gap, 0, tail), Conversions.machines().get(0));
    assertEquals(2000, near.size());
    long times = 4 * GIB / gap.length + 1;
    List<Row> expected = new ArrayList<>();
    for (Row row : near) {
      boolean behindGap = VirtualOffset.block(row.virtualOffset) >= head.length;
      long moved = behindGap ? VirtualOffset.of(times * gap.length) : 0;
      expected.add(new Row(row.name, row.virtualOffset + moved));
    }
    assertTrue(VirtualOffset.block(expected.get(1999).virtualOffset) > 4 * GIB);
    for (MachineOptions machine :
        List.of(Conversions.machines().get(0), Conversions.machine(Strategy.PIPELINE, 2))) {
      assertEquals(expected, rows(new GapSource(head, gap, times, tail), machine));
    }
  }

  private static List<Row> rows(GapSource source, MachineOptions machine) throws IOException {
    ColumnOptions columns = ColumnOptions.defaults().withNames(List.of("qname", "voffset"));
    ConvertOptions options =
        ConvertOptions.defaults()
            .withColumns(columns)
            .withTags(TagOptions.NONE)
            .withMachine(machine);
    List<Row> rows = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        BamArrowReader reader = new BamArrowReader(List.of(source), options, allocator)) {
      while (reader.loadNextBatch()) {
        var names = (VarCharVector) reader.getVectorSchemaRoot().getVector("qname");
        var offsets = (BigIntVector) reader.getVectorSchemaRoot().getVector("voffset");
        for (int row = 0; row < names.getValueCount(); row++) {
          rows.add(new Row(names.getObject(row).toString(), offsets.get(row)));
        }
      }
    }
    return rows;
  }

  @Test
  void aSmallHeapConvertsAFileOfHundredsOfMegabytes() throws Exception {
    Bams.Parts parts = Bams.synth(20_000, 6);
    byte[] blocks = parts.allBlocks();
    long times = (300L << 20) / blocks.length;
    Path bam = folder.resolve("large.bam");
    Bams.repeat(bam, parts.header(), blocks, times);
    assertConvertsInASmallHeap(bam, 20_000 * times);
  }

  @Test
  void aSmallHeapConvertsARecordOfManyMegabytesAmongOthers() throws Exception {
    int array = 7 << 20;
    byte[] record = join(Bams.block(Bams.startOfRecord(array)), Bams.zeros(array));
    Path bam = folder.resolve("long.bam");
    Bams.repeat(bam, Bams.block(Bams.emptyHeader()), record, 12);
    assertConvertsInASmallHeap(bam, 12);
  }

  @Test
  void aHeaderThatInflatesToAGigabyteIsRefusedInASmallHeap() throws Exception {
    int text = 900 << 20;
    Path bam = folder.resolve("header.bam");
    byte[] start = Bams.block(Bams.startOfHeader(text));
    Bams.repeat(bam, start, join(Bams.zeros(text), Bams.block(new byte[4])), 1);
    assertRefusedInASmallHeap(bam, "header");
  }

  @Test
  void aRecordThatInflatesToAGigabyteIsRefusedInASmallHeap() throws Exception {
    int array = 900 << 20;
    Path bam = folder.resolve("record.bam");
    byte[] record = join(Bams.block(Bams.startOfRecord(array)), Bams.zeros(array));
    Bams.repeat(bam, Bams.block(Bams.emptyHeader()), record, 1);
    assertRefusedInASmallHeap(bam, "records of more than 268435456 bytes are not supported");
  }

  @Test
  void aRecordTornApartByEmptyBlocksIsRefusedInASmallHeap() throws Exception {
    byte[] record = Bams.startOfRecord(0);
    byte[] first = Bams.block(Arrays.copyOf(record, 10));
    byte[] rest = Bams.block(Arrays.copyOfRange(record, 10, record.length));
    byte[] empty = Bams.emptyBlockOf64KiB();
    byte[] blocks = new byte[empty.length * (400 << 4)];
    for (int at = 0; at < blocks.length; at += empty.length) {
      System.arraycopy(empty, 0, blocks, at, empty.length);
    }
    Path bam = folder.resolve("torn.bam");
    byte[] header = join(Bams.block(Bams.emptyHeader()), first);
    Bams.repeat(bam, header, join(blocks, rest), 1);
    assertRefusedInASmallHeap(bam, "contains more empty blocks than the memory allows");
  }

  private void assertConvertsInASmallHeap(Path bam, long rows) throws IOException {
    assumeTrue(Files.exists(NOWHERE), "no " + NOWHERE);
    Programs.Result result = small(bam, NOWHERE).orFail();
    String[] words = result.text().strip().split(" ");
    assertEquals(rows, Long.parseLong(words[0]));
    assertTrue(Long.parseLong(words[1]) < GIB, () -> "peak memory " + words[1]);
    System.out.printf(
        "%s, %d MB: %s%n", bam.getFileName(), bam.toFile().length() >> 20, result.text().strip());
  }

  private void assertRefusedInASmallHeap(Path bam, String word) throws IOException {
    Programs.Result result = small(bam, folder.resolve("out.arrow"));
    assertEquals(ConvertProcess.REFUSED, result.code(), () -> result.text() + result.err());
    assertTrue(result.text().startsWith(bam + ": at virtual offset "), result.text());
    assertTrue(result.text().contains(word), result.text());
    Files.delete(bam);
    Conversions.assertEmpty(folder, bam.toString());
  }

  private static Programs.Result small(Path bam, Path target) throws IOException {
    return Programs.java(
        List.of("-Xmx256m"), ConvertProcess.class, bam.toString(), target.toString());
  }

  @Tag("full")
  @Test
  void countsMoreThan2To31Rows() throws Exception {
    byte[] record = Bams.startOfRecord(0);
    int each = 0xff00 / record.length;
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int i = 0; i < each; i++) {
      records.writeBytes(record);
    }
    long times = (1L << 31) / each + 2;
    Path bam = folder.resolve("rows.bam");
    byte[] block = Bams.block(records.toByteArray());
    Bams.repeat(bam, Bams.block(Bams.emptyHeader()), block, times);
    ConvertReport report = toNowhere(bam, List.of("flag"));
    assertEquals(each * times, report.rows());
    assertTrue(report.rows() > 1L << 31);
  }

  @Tag("full")
  @Test
  void convertsAFileOfMoreThanTenGigabytes() throws Exception {
    long room = Files.getFileStore(folder).getUsableSpace();
    assumeTrue(room > 16 * GIB, "only " + room + " bytes free in the temporary folder");
    Bams.Parts parts = Bams.synth(200_000, 8);
    byte[] blocks = parts.allBlocks();
    long times = 11 * GIB / blocks.length;
    Path bam = folder.resolve("ten.bam");
    Bams.repeat(bam, parts.header(), blocks, times);
    ConvertReport report = toNowhere(bam, ColumnOptions.CORE);
    assertEquals(200_000 * times, report.rows());
    assertTrue(report.bytesIn() > 10 * GIB);
    assertTrue(report.bytesOut() > 10 * GIB);
  }

  private static ConvertReport toNowhere(Path bam, List<String> columns) throws IOException {
    assumeTrue(Files.exists(NOWHERE), "no " + NOWHERE);
    ConvertOptions options =
        ConvertOptions.defaults()
            .withColumns(ColumnOptions.defaults().withNames(columns))
            .withTags(TagOptions.NONE);
    return Conversions.convert(bam, NOWHERE, options);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
