package org.bamarrow.internal.engine;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.io.Interrupts;

/**
 * A bounded queue of record batches from the workers, which add them in order, to one consumer. A
 * full queue blocks the workers; a closed queue closes the batches that are added. Thread-safe.
 */
final class BatchQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ArrowRecordBatch> batches = new ArrayDeque<>();
  private final int capacity;
  private boolean ended;
  private boolean closed;

  BatchQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Adds a batch, waiting while the queue is full; the queue takes ownership. */
  void put(ArrowRecordBatch batch) {
    lock.lock();
    try {
      while (batches.size() >= capacity && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        batch.close();
      } else {
        batches.add(batch);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a batch, which the caller closes; null after the last one.
   *
   * @throws InterruptedIOException if the thread is interrupted
   */
  ArrowRecordBatch take() throws InterruptedIOException {
    try {
      lock.lockInterruptibly();
      try {
        while (batches.isEmpty() && !ended && !closed) {
          changed.await();
        }
        changed.signalAll();
        return batches.poll();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while waiting for a batch", e);
    }
  }

  /** The next batch, or null if there is none yet; does not wait. */
  ArrowRecordBatch poll() {
    lock.lock();
    try {
      return batches.poll();
    } finally {
      lock.unlock();
    }
  }

  /** No more batches will be added. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Closes all batches, also those that are added later. */
  void close() {
    lock.lock();
    try {
      closed = true;
      batches.forEach(ArrowRecordBatch::close);
      batches.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
