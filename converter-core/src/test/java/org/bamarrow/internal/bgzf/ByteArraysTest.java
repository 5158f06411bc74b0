package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ByteArraysTest {
  private static final int LENGTH = 5 << 20;

  @BeforeEach
  void takeWhatOtherTestsLeft() {
    int most = 4 * Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < most; i++) {
      ByteArrays.acquire(1 << 18);
    }
  }

  @Test
  void aReleasedArrayIsReusedIfItIsLongEnough() {
    byte[] array = new byte[LENGTH];
    ByteArrays.release(array);
    assertNotSame(array, ByteArrays.acquire(LENGTH + 1));
    assertSame(array, ByteArrays.acquire(LENGTH - 1));
    assertNotSame(array, ByteArrays.acquire(LENGTH - 1), "it is somebody's now");
  }

  @Test
  void smallAndLargeArraysAreNotKept() {
    for (int length : new int[] {0, 1, 1 << 17, (1 << 23) + 1, 1 << 25}) {
      byte[] array = new byte[length];
      ByteArrays.release(array);
      byte[] taken = ByteArrays.acquire(length);
      assertNotSame(array, taken);
      assertEquals(length, taken.length);
    }
  }

  @Test
  void noArrayIsSharedBetweenThreads() {
    Set<byte[]> taken =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    IntStream.range(0, 4)
        .parallel()
        .forEach(
            thread -> {
              for (int round = 0; round < 500; round++) {
                List<byte[]> mine = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                  byte[] array = ByteArrays.acquire(1 << 18);
                  assertTrue(taken.add(array));
                  mine.add(array);
                }
                for (byte[] array : mine) {
                  taken.remove(array);
                  ByteArrays.release(array);
                }
              }
            });
  }
}
