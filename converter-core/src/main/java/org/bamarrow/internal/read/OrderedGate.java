package org.bamarrow.internal.read;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A gate that chunks pass one after another in file order. What is done between {@link #await} and
 * {@link #pass} is ordered and seen by the next chunk's thread.
 */
final class OrderedGate {
  /** Thrown to a chunk whose turn never comes, because one before it failed. */
  static final class Abandoned extends Exception {
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
  void await(long index) throws Abandoned {
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

  /** Whether every chunk before {@code index} has passed; does not wait. */
  boolean isOpen(long index) {
    lock.lock();
    try {
      return next >= index && index < closedFrom;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the chunk after {@code index} in. */
  void pass(long index) {
    lock.lock();
    try {
      next = index + 1;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Chunks from {@code index} on never get their turn. */
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
