package org.bamarrow.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PartSizeTest {
  @Test
  void partsWithoutBytesAreRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> PartSize.bytes(0));
    assertEquals("parts of 0 bytes: at least 1", error.getMessage());
  }

  @Test
  void noPartsAreRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> PartSize.count(0));
    assertEquals("0 parts: at least 1", error.getMessage());
  }
}
