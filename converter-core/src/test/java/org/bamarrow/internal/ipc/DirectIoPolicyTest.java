package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bamarrow.convert.DirectIo;
import org.junit.jupiter.api.Test;

final class DirectIoPolicyTest {
  private static final long ALL = DirectIoPolicy.WINDOW_BYTES;

  @Test
  void thePageCacheIsKeptIfItIsFast() {
    DirectIoPolicy policy = new DirectIoPolicy(DirectIo.AUTO, 2);
    for (int i = 0; i < 1000; i++) {
      assertFalse(policy.direct());
      policy.cached(ALL / 10, ALL / 50);
    }
    assertFalse(policy.direct());
  }

  @Test
  void directIoIsUsedIfThePageCacheIsSlow() {
    DirectIoPolicy policy = slow(2);
    policy.cached(ALL, 0); // a worker that was still at it
    policy.direct(100 * ALL, 100 * ALL, 0);
    assertTrue(policy.direct());
  }

  @Test
  void directIoIsDisabledIfWorkersWaitLongerForTheDisk() {
    DirectIoPolicy policy = slow(2);
    policy.direct(ALL, 2 * ALL, ALL);
    assertTrue(policy.direct(), "3 ns a byte of two workers, where the page cache took 4");
    policy.direct(ALL, 3 * ALL, 2 * ALL);
    assertFalse(policy.direct(), "5 ns a byte");
    policy.cached(10 * ALL, 100 * ALL);
    assertFalse(policy.direct());
  }

  @Test
  void waitingCountsForAllWorkers() {
    DirectIoPolicy policy = slow(16);
    policy.direct(ALL, ALL / 2, ALL / 4);
    assertFalse(policy.direct());
  }

  @Test
  void alwaysAndDisabledAreKept() {
    DirectIoPolicy policy = new DirectIoPolicy(DirectIo.ALWAYS, 2);
    policy.cached(ALL, 0);
    policy.direct(ALL, 1000 * ALL, 1000 * ALL);
    assertTrue(policy.direct());
    policy.disable();
    assertFalse(policy.direct());
  }

  /** After a window in which the page cache took 4 ns a byte. */
  private static DirectIoPolicy slow(int workers) {
    DirectIoPolicy policy = new DirectIoPolicy(DirectIo.AUTO, workers);
    policy.cached(ALL - 1, 4 * ALL);
    assertFalse(policy.direct());
    policy.cached(1, 0);
    assertTrue(policy.direct());
    return policy;
  }
}
