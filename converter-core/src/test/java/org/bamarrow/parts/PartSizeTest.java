package org.bamarrow.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PartSizeTest {
  @Test
  void partsWithoutBytesAreRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> PartSize.bytes(0));
    assertEquals("size of parts must be at least 1 byte, not 0", error.getMessage());
  }

  @Test
  void noPartsAreRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> PartSize.count(0));
    assertEquals("number of parts must be at least 1, not 0", error.getMessage());
  }
}
