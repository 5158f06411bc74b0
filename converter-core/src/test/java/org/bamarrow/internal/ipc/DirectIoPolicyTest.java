package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bamarrow.convert.DirectIo;
import org.junit.jupiter.api.Test;

final class DirectIoPolicyTest {
  private static final long ALL = DirectIoPolicy.WINDOW;

  @Test
  void aFastPageCacheIsKept() {
    DirectIoPolicy choice = new DirectIoPolicy(DirectIo.AUTO, 2);
    for (int i = 0; i < 1000; i++) {
      assertFalse(choice.direct());
      choice.cached(ALL / 10, ALL / 50);
    }
    assertFalse(choice.direct());
  }

  @Test
  void aSlowPageCacheIsLeftAfterAWindow() {
    DirectIoPolicy choice = slow(2);
    choice.cached(ALL, 0); // a worker that was still at it
    choice.direct(100 * ALL, 100 * ALL, 0);
    assertTrue(choice.direct());
  }

  @Test
  void aDiskThatMakesTheWorkersWaitLongerIsLeftForGood() {
    DirectIoPolicy choice = slow(2);
    choice.direct(ALL, 2 * ALL, ALL);
    assertTrue(choice.direct(), "3 ns a byte of two workers, where the page cache took 4");
    choice.direct(ALL, 3 * ALL, 2 * ALL);
    assertFalse(choice.direct(), "5 ns a byte");
    choice.cached(10 * ALL, 100 * ALL);
    assertFalse(choice.direct());
  }

  @Test
  void theMoreWorkersWaitTheFasterTheDiskHasToBe() {
    DirectIoPolicy choice = slow(16);
    choice.direct(ALL, ALL / 2, ALL / 4);
    assertFalse(choice.direct());
  }

  @Test
  void whatIsAskedForStays() {
    DirectIoPolicy choice = new DirectIoPolicy(DirectIo.ALWAYS, 2);
    choice.cached(ALL, 0);
    choice.direct(ALL, 1000 * ALL, 1000 * ALL);
    assertTrue(choice.direct());
    choice.neverAgain();
    assertFalse(choice.direct());
  }

  /** After a window in which the page cache took 4 ns a byte. */
  private static DirectIoPolicy slow(int workers) {
    DirectIoPolicy choice = new DirectIoPolicy(DirectIo.AUTO, workers);
    choice.cached(ALL - 1, 4 * ALL);
    assertFalse(choice.direct());
    choice.cached(1, 0);
    assertTrue(choice.direct());
    return choice;
  }
}
