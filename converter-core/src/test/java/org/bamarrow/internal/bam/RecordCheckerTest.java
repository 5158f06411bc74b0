package org.bamarrow.internal.bam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCheckerTest {
  private static final BamHeader TWO =
      new BamHeader(new byte[0], List.of(new Reference("a", 1), new Reference("b", 2)), 0);

  @Test
  void validRecordsPass() throws BamFormatException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] starts = new int[600];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = out.size();
      byte[] record = new RecordBytes().name("n".repeat(i % 255)).integer("NM", 'C', 1).record();
      ByteBuffer fields = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
      fields.putInt(RecordLayout.REF_ID, i % 3 - 1).putInt(RecordLayout.NEXT_REF_ID, 1 - i % 3);
      out.writeBytes(record);
    }
    RecordChecker.check(new ArraySlice(out.toByteArray(), starts, TWO));
  }

  /** The record has 4 bytes of auxiliary fields after its name of 4 bytes. */
  @ParameterizedTest
  @CsvSource({
    "L_READ_NAME, 1, 0, record with l_read_name 0",
    "L_READ_NAME, 1, 3, record whose name does not end with NUL",
    "L_READ_NAME, 1, 9, record whose name",
    "L_READ_NAME, 1, 255, require 287 bytes, but whose block_size is 40",
    "N_CIGAR_OP, 2, 2, require 44 bytes, but whose block_size is 40",
    "N_CIGAR_OP, 2, 65535, require 262176 bytes, but whose block_size is 40",
    "L_SEQ, 4, 3, require 41 bytes, but whose block_size is 40",
    "L_SEQ, 4, -1, record with l_seq -1",
    "L_SEQ, 4, -2147483648, record with l_seq -2147483648",
    "L_SEQ, 4, 2147483647, require 3221225507 bytes, but whose block_size is 40",
    "REF_ID, 4, 2, record with refID 2, but the header has 2 references",
    "REF_ID, 4, -2, record with refID -2, but the header has 2 references",
    "NEXT_REF_ID, 4, 2, record with next_refID 2, but the header has 2 references",
    "NEXT_REF_ID, 4, -2, record with next_refID -2, but the header has 2 references"
  })
  void theInvalidFieldIsNamed(String field, int bytes, int value, String why)
      throws ReflectiveOperationException {
    int offset = RecordLayout.class.getField(field).getInt(null);
    byte[] good = new RecordBytes().name("abc").integer("NM", 'C', 1).record();
    byte[] bad = good.clone();
    for (int i = 0; i < bytes; i++) {
      bad[offset + i] = (byte) (value >>> 8 * i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(good);
    out.writeBytes(bad);
    out.writeBytes(good);
    int[] starts = {0, good.length, 2 * good.length};
    BamFormatException error =
        assertThrows(
            BamFormatException.class,
            () -> RecordChecker.check(new ArraySlice(out.toByteArray(), starts, TWO)));
    assertTrue(error.getMessage().contains(why), error.getMessage());
    assertEquals(2 * 65536, error.virtualOffset());
  }

  /** The offsets of the fields of a valid record are inside the record. */
  @Test
  void fieldsOfValidRecordsAreInsideTheRecord() {
    Random random = new Random(7);
    int passed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] record =
          new RecordBytes().name("abc").text("XX", "x".repeat(random.nextInt(60))).record();
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        int at = 4 + random.nextInt(36);
        record[at] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
      }
      if (RecordChecker.isValid(record, 0, 2)) {
        passed++;
        assertTrue(RecordLayout.seq(record, 0) >= RecordLayout.cigar(record, 0));
        assertTrue(RecordLayout.qual(record, 0) >= RecordLayout.seq(record, 0));
        assertTrue(RecordLayout.aux(record, 0) >= RecordLayout.qual(record, 0));
        assertTrue(RecordLayout.aux(record, 0) <= record.length);
      }
    }
    assertTrue(passed > 10_000, "passed: " + passed);
  }
}
