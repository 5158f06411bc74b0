package org.bamarrow.internal.base;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class RethrowTest {
  @Test
  void anErrorKeepsItsClass() {
    for (Throwable error :
        List.of(new IOException("a"), new IllegalStateException("b"), new AssertionError("c"))) {
      assertSame(error, assertThrows(error.getClass(), () -> Rethrow.ifAny(error)));
      assertSame(
          error,
          assertThrows(error.getClass(), () -> Rethrow.causeOf(new ExecutionException(error))));
    }
  }

  @Test
  void nothingIsThrownWhereThereIsNoError() {
    assertDoesNotThrow(() -> Rethrow.ifAny(null));
  }

  @Test
  void otherCheckedExceptionsAreWrapped() {
    Exception other = new Exception("d");
    Throwable error = assertThrows(IllegalStateException.class, () -> Rethrow.ifAny(other));
    assertSame(other, error.getCause());
  }
}
