package org.bamarrow.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A BAM that no guess can read: a record's array in its middle holds a run of whole records, longer
 * than any finder looks, so that a split in it finds records where there are none.
 */
final class FakeRecords {
  private static final int BLOCK = 0xff00;
  private static final int FAKES = 40_000;
  private static final int REAL = 500;
  private static final int VALUES = 60;

  private FakeRecords() {}

  static Path write(Path bam) throws IOException {
    Random random = new Random(1);
    byte[] fakes = records(FAKES, random);
    ByteArrayOutputStream inflated = new ByteArrayOutputStream();
    inflated.writeBytes(Bams.emptyHeader());
    inflated.writeBytes(records(REAL, random));
    inflated.writeBytes(Bams.startOfRecord(fakes.length));
    inflated.writeBytes(fakes);
    inflated.writeBytes(records(REAL, random));
    byte[] bytes = inflated.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += BLOCK) {
      out.writeBytes(
          Bams.block(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + BLOCK))));
    }
    out.writeBytes(Bams.END_OF_FILE);
    return Files.write(bam, out.toByteArray());
  }

  private static byte[] records(int count, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] values = new byte[VALUES];
    for (int i = 0; i < count; i++) {
      random.nextBytes(values);
      out.writeBytes(Bams.startOfRecord(VALUES));
      out.writeBytes(values);
    }
    return out.toByteArray();
  }
}
