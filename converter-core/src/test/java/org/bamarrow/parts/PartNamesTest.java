package org.bamarrow.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartNamesTest {
  private static final String JOB = "0123456789abcdef";

  @Test
  void theOrderOfNamesIsTheOrderOfNumbers() {
    for (int parts : new int[] {1, 100_000, 100_001, 1_000_001}) {
      PartNames names = new PartNames(JOB, parts);
      List<String> some =
          IntStream.of(0, 9, 10, 99, 99_999, 100_000, 1_000_000)
              .filter(number -> number < parts)
              .mapToObj(number -> names.name(number, "0"))
              .toList();
      assertEquals(some.stream().sorted().toList(), some);
    }
  }

  @Test
  void aNameTellsItsJob() {
    assertEquals("part-00007-" + JOB + "-3.arrow", new PartNames(JOB, 9).name(7, "3"));
    assertEquals(JOB, PartNames.jobOf(new PartNames(JOB, 1_000_000).name(7, "0-12")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "part-00000.arrow",
        "part-00000-c000-0123456789abcdef.arrow",
        "part-00000-0123456789abcdef-0.parquet",
        "my-part-00000-0123456789abcdef-0.arrow",
        "part-00000-0123456789ABCDEF-0.arrow",
        "_manifest.json"
      })
  void othersFilesAreNoParts(String name) {
    assertNull(PartNames.jobOf(name));
  }

  @Test
  void jobsDiffer() {
    assertNotEquals(PartNames.newJob(), PartNames.newJob());
  }

  @Test
  void whatIsNoNameIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PartNames("../../x", 1));
    assertThrows(IllegalArgumentException.class, () -> new PartNames(JOB, 1).name(0, "a/b"));
    assertThrows(IllegalArgumentException.class, () -> new PartNames(JOB, 1).name(-1, "0"));
  }
}
