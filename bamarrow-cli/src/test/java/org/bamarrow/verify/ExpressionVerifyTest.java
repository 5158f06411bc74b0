package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.filter.RandomExpressions;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The second implementation of filter expressions agrees with the first, and notices a mistake. */
class ExpressionVerifyTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"EDGE", "SHORT", "SINGLECELL"})
  void bothKeepTheSameRecords(SynthProfile profile) throws Exception {
    Path bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(profile, 300, 4));
    RandomExpressions expressions = RandomExpressions.of(bam, new Random(17));
    long kept = 0;
    long removed = 0;
    for (int i = 0; i < 60; i++) {
      String expression = expressions.condition(3);
      ConvertReport report = convert(bam, expression);
      VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow(), text -> {});
      assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), expression + result.message());
      kept += report.rows();
      removed += report.removed().get("expressions");
    }
    assertTrue(kept > 1_000 && removed > 1_000, kept + " and " + removed);
  }

  @Test
  void rowsOfAnotherExpressionAreDifferent() throws Exception {
    Path bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 300, 4));
    convert(bam, "flag.reverse == 16");
    byte[] bytes = Files.readAllBytes(arrow());
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    String other = text.replace("flag.reverse == 16", "flag.reverse != 16");
    assertTrue(!other.equals(text));
    Files.write(arrow(), other.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow(), line -> {});
    assertEquals(VerifyResult.Outcome.DIFFERENT, result.outcome());
  }

  private Path arrow() {
    return folder.resolve("out.arrow");
  }

  private ConvertReport convert(Path bam, String expression) throws Exception {
    ConvertOptions options = ConvertOptions.defaults();
    RowOptions rows = RowOptions.defaults().withExpressions(List.of(expression));
    return BamToArrow.convert(
        List.of(bam.toString()),
        arrow().toString(),
        options.withRows(rows).withOutput(options.output().withForce(true)));
  }
}
