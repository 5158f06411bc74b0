package org.bamarrow.internal.read;

import java.util.HashSet;
import java.util.Set;
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
  private final Set<Long> skipped = new HashSet<>();
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
      open(index + 1);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets {@code index} pass without entering, which nothing needs to wait for: the gate opens for
   * the chunk after it as soon as those before it have passed.
   */
  public void skip(long index) {
    lock.lock();
    try {
      skipped.add(index);
      open(next);
    } finally {
      lock.unlock();
    }
  }

  private void open(long index) {
    next = index;
    while (skipped.remove(next)) {
      next++;
    }
    moved.signalAll();
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
