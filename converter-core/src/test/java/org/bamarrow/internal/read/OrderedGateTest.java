package org.bamarrow.internal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedGateTest {
  private final OrderedGate turn = new OrderedGate();

  @Test
  void chunksPassInOrderOnAnyThread() throws InterruptedException {
    List<Long> passed = new ArrayList<>(); // guarded by the turn alone
    AtomicLong next = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (long index; (index = next.getAndIncrement()) < 5000; ) {
                  try {
                    turn.await(index);
                  } catch (OrderedGate.Abandoned e) {
                    throw new AssertionError(e);
                  }
                  passed.add(index);
                  turn.pass(index);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(LongStream.range(0, 5000).boxed().toList(), passed);
  }

  @Test
  void chunksThatSkipTheGateDoNotWaitAndAreNotWaitedFor() throws Exception {
    turn.skip(2);
    turn.skip(1); // before 0 has passed
    turn.skip(5);
    turn.await(0);
    turn.pass(0);
    turn.await(3); // 1 and 2 have passed
    turn.skip(3); // inside
    turn.await(4);
    turn.pass(4);
    turn.await(6);
    turn.close(7);
    assertThrows(OrderedGate.Abandoned.class, () -> turn.await(7));
  }

  @Test
  void closingAbandonsTheChunkAndLaterOnes() throws Exception {
    turn.close(3);
    turn.close(5);
    for (int index = 0; index < 3; index++) {
      turn.await(index);
      turn.pass(index);
    }
    assertThrows(OrderedGate.Abandoned.class, () -> turn.await(3));
    assertThrows(OrderedGate.Abandoned.class, () -> turn.await(9));
  }

  @Test
  void closingWakesWaitingThreads() throws InterruptedException {
    Thread waiting =
        new Thread(() -> assertThrows(OrderedGate.Abandoned.class, () -> turn.await(7)));
    waiting.start();
    turn.close(7);
    waiting.join();
  }
}
