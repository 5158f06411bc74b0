package org.bamarrow.internal.read;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A gate that chunks, or other items, pass one at a time in their order. Code between {@link
 * #await} and {@link #pass} runs inside the gate: its effects are visible to the thread of the next
 * chunk. Thread-safe.
 */
public final class OrderedGate {
  /** Thrown to a chunk that never enters the gate, because the gate was closed before it. */
  public static final class Abandoned extends Exception {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super(null, null, false, false);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long next;
  private long closedFrom = Long.MAX_VALUE;

  /** Waits until every chunk before {@code index} has passed. */
  public void await(long index) throws Abandoned {
    lock.lock();
    try {
      while (next < index && index < closedFrom) {
        moved.awaitUninterruptibly();
      }
      if (index >= closedFrom) {
        throw new Abandoned();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@code index} may enter without waiting. */
  boolean isOpen(long index) {
    lock.lock();
    try {
      return next >= index && index < closedFrom;
    } finally {
      lock.unlock();
    }
  }

  /** Opens the gate for the chunk after {@code index}. */
  public void pass(long index) {
    lock.lock();
    try {
      next = index + 1;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the gate for the chunk {@code index} and all after it. */
  void close(long index) {
    lock.lock();
    try {
      closedFrom = Math.min(closedFrom, index);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
