package org.bamarrow.internal.bam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.BytesSource;
import org.bamarrow.io.StreamByteSource;
import org.bamarrow.io.VirtualOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BamHeaderReaderTest {
  private static final int L_TEXT = 4;

  private final BlockInflater inflater = InflaterKind.JDK.open();

  @AfterEach
  void close() {
    inflater.close();
  }

  @Test
  void readsTextAndDictionary() throws IOException {
    List<Reference> references =
        List.of(new Reference("chr1", 5), new Reference("", 0), new Reference("grün", 1 << 30));
    byte[] bytes = header("@HD\tVN:1.6\n", references);
    BamHeader header = read(pack(bytes, 1000));
    assertEquals("@HD\tVN:1.6\n", text(header));
    assertEquals(references, header.references());
    assertEquals(VirtualOffset.of(pack(bytes, 1000).length - 28), header.firstRecord());
  }

  @Test
  void nulPaddingIsNotTextButNulsInsideAre() throws IOException {
    assertEquals("@CO\tx", text(read(pack(header("@CO\tx\0\0\0", List.of()), 99))));
    assertEquals("a\0b", text(read(pack(header("a\0b\0", List.of()), 99))));
    assertEquals("", text(read(pack(header("\0\0", List.of()), 99))));
    assertEquals("", text(read(pack(header("", List.of()), 99))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 100, 5000, 65280})
  void manyReferencesOverManyBlocks(int blockBytes) throws IOException {
    int count = blockBytes < 100 ? 500 : 40_000;
    Reference[] references = new Reference[count];
    for (int i = 0; i < count; i++) {
      references[i] = new Reference("contig" + i, i);
    }
    byte[] bytes = header("@HD\n".repeat(300), List.of(references));
    byte[] file = pack(bytes, blockBytes);
    BamHeader header = read(file);
    assertEquals(List.of(references), header.references());
    assertEquals(VirtualOffset.of(file.length - 28), header.firstRecord());
    StreamByteSource stream = new StreamByteSource("s", new ByteArrayInputStream(file));
    assertEquals(List.of(references), BamHeaderReader.read(stream, inflater).references());
  }

  @Test
  void theFirstRecordMayFollowInTheSameBlock() throws IOException {
    byte[] bytes = header("@HD\n", List.of(new Reference("r", 1)));
    byte[] file = pack(Arrays.copyOf(bytes, bytes.length + 100), 4000);
    assertEquals(VirtualOffset.of(0, bytes.length), read(file).firstRecord());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, header field l_text is -1",
    "-2147483648, header field l_text is -2147483648",
    "1000, the file ends inside the header (l_text)",
    "3, the file ends inside the header"
  })
  void aWrongTextLengthIsAnError(int length, String why) {
    byte[] bytes = header("@HD\n", List.of());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(L_TEXT, length);
    String message = refused(pack(bytes, 100));
    assertTrue(message.contains(why.replace(")", "")), message);
  }

  @ParameterizedTest
  @CsvSource({
    "12, -1, n_ref is -1",
    "12, 3, the file ends inside the header (l_name",
    "12, 2147483647, the file ends inside the header (l_name",
    "16, 0, l_name is 0",
    "16, -5, l_name is -5",
    "16, 1, the name of reference 0 does not end with NUL",
    "16, 4, the name of reference 0 does not end with NUL",
    "16, 2000, the file ends inside the header (l_name"
  })
  void aWrongDictionaryIsAnError(int at, int value, String why) {
    byte[] bytes = header("@HD\n", List.of(new Reference("chr1", 1), new Reference("chr2", 2)));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    String message = refused(pack(bytes, 100));
    assertTrue(message.contains(why), message);
  }

  @Test
  void aHeaderTruncatedAnywhereIsAnError() {
    byte[] bytes = header("@HD\tVN:1.6\n", List.of(new Reference("chr1", 1)));
    for (int length = 0; length < bytes.length; length++) {
      refused(pack(Arrays.copyOf(bytes, length), 13));
    }
  }

  /** A text length of 2 GiB: only the bytes in the file use memory. */
  @Test
  void memoryIsBoundedByTheDataAndNotByTheLengthField() {
    byte[] bytes = header("@HD\n", List.of());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(L_TEXT, Integer.MAX_VALUE);
    assertTrue(refused(pack(bytes, 100)).contains("the file ends inside the header"));
  }

  @Test
  void randomDamageGivesNoOtherException() {
    Random random = new Random(6);
    byte[] valid = header("@HD\tVN:1.6\n", List.of(new Reference("chr1", 1)));
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = valid.clone();
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        read(pack(bytes, 20));
      } catch (BamFormatException expected) {
        assertEquals("f.bam", expected.file());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void otherFileTypesAreDetected() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(header("@HD\n", List.of()));
    }
    byte[] bam = header("@HD\n", List.of());
    kind("the file is empty", new byte[0]);
    kind("the file has only 5 bytes", new byte[5]);
    kind("no gzip magic", new byte[100]);
    kind("a BAM compressed with gzip instead of bgzip", gzip.toByteArray());
    kind("the BAM is not compressed; compress it", bam);
    kind("this is CRAM", "CRAM\3\0xxxxxxxxxxxx".getBytes(StandardCharsets.ISO_8859_1));
    kind("this is SAM text", "@HD\tVN:1.6\n".getBytes(StandardCharsets.ISO_8859_1));
    kind("this is SAM text", "@SQ\tSN:chr1\tLN:7\n".getBytes(StandardCharsets.ISO_8859_1));
    kind(
        "an Arrow stream",
        new byte[] {-1, -1, -1, -1, 64, 2, 0, 0, 16, 0, 0, 0, 0, 0, 10, 0, 12, 0, 0, 0});
    kind("HTML or XML", "<!DOCTYPE html>".getBytes(StandardCharsets.ISO_8859_1));
    kind(
        "this is VCF: variants, not alignments, compressed with bgzip",
        pack("##fileformat=VCFv4.2".getBytes("US-ASCII"), 100));
    kind("a compressed file, compressed again with bgzip", pack(pack(bam, 100), 100));
    kind("without the BAM magic", pack(new byte[0], 100));
    kind("without the BAM magic", pack(Arrays.copyOf(bam, 3), 100));
  }

  @Test
  void theSortOrderIsThatOfTheHdLine() {
    assertEquals("coordinate", sortOrder("@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:x\n"));
    assertEquals("queryname", sortOrder("@HD\tSO:queryname\tVN:1.6"));
    assertEquals("unsorted", sortOrder("@HD\tVN:1.6\tSO:unsorted\r\n"));
    assertEquals("unknown", sortOrder("@HD\tVN:1.6\n@CO\tSO:coordinate\n"));
    assertEquals("unknown", sortOrder("@SQ\tSN:x\n@HD\tSO:coordinate\n"));
    assertEquals("unknown", sortOrder("@HD\tVN:1.6\tXX:SO:coordinate\n"));
    assertEquals("unknown", sortOrder(""));
    assertEquals("queryname", sortOrder("@HD\tVN:1.6\tSO:queryname\tSO:coordinate\n"), "the first");
  }

  @Test
  void readGroupsAreLookedUpByTheBytesOfTheirId() {
    String text =
        "@RG\tID:a\tSM:one\tLB:l\n@RG\tSM:two\tID:b\r\n@RG\tID:a\tSM:later\n"
            + "@RG\tSM:none\n@RG\tID:\u00fc\tSM:gr\u00fcn\n@CO\tID:c\tSM:no\n@RGX\tID:d\tSM:no\n";
    BamHeader header = new BamHeader(text.getBytes(StandardCharsets.UTF_8), List.of(), 0);
    String utf8Id =
        new String("\u00fc".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertEquals(Map.of("a", "one", "b", "two", utf8Id, "gr\u00fcn"), readGroups(header, "SM"));
    assertEquals(Map.of("a", "l"), readGroups(header, "LB"));
  }

  @Test
  void theFirstOfDuplicateFieldsAndReadGroupsIsUsed() {
    String text = "@RG\tID:a\tID:b\tSM:one\tSM:two\n@RG\tID:a\tLB:later\n@RG\tID:b\tSM:three\n";
    BamHeader header = new BamHeader(text.getBytes(StandardCharsets.UTF_8), List.of(), 0);
    assertEquals(Map.of("a", "one", "b", "three"), readGroups(header, "SM"));
    assertEquals(Map.of(), readGroups(header, "LB"));
  }

  private static Map<String, String> readGroups(BamHeader header, String field) {
    Map<String, String> values = new HashMap<>();
    ReadGroups.fields(header, field)
        .forEach((id, value) -> values.put(id, new String(value, StandardCharsets.UTF_8)));
    return values;
  }

  private static String sortOrder(String text) {
    return new BamHeader(text.getBytes(StandardCharsets.ISO_8859_1), List.of(), 0)
        .sam()
        .sortOrder();
  }

  private void kind(String why, byte[] file) {
    String message = refused(file);
    assertTrue(message.contains("not a BAM file"), message);
    assertTrue(message.contains(why), message);
  }

  private String refused(byte[] file) {
    return assertThrows(BamFormatException.class, () -> read(file)).getMessage();
  }

  private BamHeader read(byte[] file) throws IOException {
    return BamHeaderReader.read(new BytesSource("f.bam", file), inflater);
  }

  private static String text(BamHeader header) {
    return new String(header.text(), StandardCharsets.UTF_8);
  }

  private static byte[] pack(byte[] bytes, int blockBytes) {
    return new BgzfBytes(1).blocks(bytes, () -> blockBytes).end().bytes();
  }

  private static byte[] header(String text, List<Reference> references) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes("BAM\1".getBytes(StandardCharsets.ISO_8859_1));
    int32(out, textBytes.length);
    out.writeBytes(textBytes);
    int32(out, references.size());
    for (Reference reference : references) {
      byte[] name = (reference.name() + "\0").getBytes(StandardCharsets.UTF_8);
      int32(out, name.length);
      out.writeBytes(name);
      int32(out, reference.length());
    }
    return out.toByteArray();
  }

  private static void int32(ByteArrayOutputStream out, int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }
}
