package org.bamarrow.internal.engine;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.io.Interrupts;

/**
 * Record batches on their way from the workers, which put them in order, to one consumer. A full
 * queue holds the workers up; a closed one closes what is put.
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

  /** Waits for room; the queue owns the batch. */
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
    lock.lock();
    try {
      while (batches.isEmpty() && !ended && !closed) {
        changed.await();
      }
      changed.signalAll();
      return batches.poll();
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while a batch was being waited for", e);
    } finally {
      lock.unlock();
    }
  }

  /** A batch that is there, or null: does not wait. */
  ArrowRecordBatch poll() {
    lock.lock();
    try {
      return batches.poll();
    } finally {
      lock.unlock();
    }
  }

  /** No more batches will be put. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Closes all batches, also those to come. */
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
