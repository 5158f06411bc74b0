package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.verify.ArrowToSam;

/** Options and steps that the tests of whole conversions share. */
final class Conversions {
  /** Chunks of a block or two, batches of few rows: small files have many borders. */
  static final BatchOptions SMALL = new BatchOptions(100, 1 << 16, 1 << 16);

  /** Every SAM line can be rebuilt from it. */
  static final TagOptions ALL_IN_MAP = TagOptions.NONE.withOther(OtherTags.ALL);

  /** The same on every machine. */
  static final ConvertOptions WHOLE =
      ConvertOptions.defaults().withTags(ALL_IN_MAP).withMachine(machine(Strategy.SEQUENTIAL, 1));

  private Conversions() {}

  /** Room for seven workers at the default sizes. */
  static MachineOptions machine(Strategy strategy, int threads) {
    return MachineOptions.defaults()
        .withStrategy(strategy)
        .withThreads(threads)
        .withMemoryBytes(512L << 20);
  }

  /** The reference first, then every number of threads that the house promises. */
  static List<MachineOptions> machines() {
    return List.of(
        machine(Strategy.SEQUENTIAL, 1),
        machine(Strategy.PIPELINE, 1),
        machine(Strategy.PIPELINE, 2),
        machine(Strategy.PIPELINE, 7));
  }

  static ConvertReport convert(Path bam, Path arrow, ConvertOptions options) throws IOException {
    return BamToArrow.convert(List.of(bam.toString()), arrow.toString(), options);
  }

  /** An Arrow file as SAM lines. */
  static byte[] sam(Path arrow) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArrowToSam.write(arrow, out, ArrowToSam.Parts.RECORDS);
    return out.toByteArray();
  }

  /** The MD5 of an Arrow file as SAM lines. */
  static String samMd5(Path arrow) throws IOException {
    DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), md5());
    ArrowToSam.write(arrow, out, ArrowToSam.Parts.RECORDS);
    return HexFormat.of().formatHex(out.getMessageDigest().digest());
  }

  static String md5(byte[] bytes) {
    return HexFormat.of().formatHex(md5().digest(bytes));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** No output and no temporary file is left. */
  static void assertEmpty(Path folder, String of) throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList(), of);
    }
  }
}
