package org.bamarrow.spark.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import org.bamarrow.internal.bam.BamHeader;
import org.junit.jupiter.api.Test;

class RequestedReadGroupsTest {
  private static final BamHeader HEADER =
      new BamHeader(
          "@HD\tVN:1.6\n@RG\tSM:x\tID:a\n@RG\tID:b\tSM:a\n@PG\tID:c\n".getBytes(UTF_8),
          List.of(),
          0);

  @Test
  void namesThatNoHeaderHasAreReported() {
    assertNull(warning(null));
    assertNull(warning(Set.of("a")));
    assertNull(warning(Set.of("b", "z")));
    assertEquals(
        "none of the 2 read groups of readGroup and readGroupFile is in any header; only records"
            + " without RG are kept",
        warning(Set.of("c", "x")));
    assertEquals("none of the 0", warning(Set.of()).substring(0, 13));
  }

  private static String warning(Set<String> names) {
    RequestedReadGroups asked = new RequestedReadGroups(names);
    asked.in(asked.of(HEADER));
    return asked.warning();
  }
}
