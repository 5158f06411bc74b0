package org.bamarrow.synth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Splits a byte stream into BGZF blocks (SAMv1 4.1), which several threads compress, and writes
 * them in order. Called by one thread, which alone touches the queue and the output; a block
 * belongs to a worker from submit until its future is done.
 */
final class BgzfWriter implements RecordSink, AutoCloseable {
  private final OutputStream out;
  private final SynthOptions options;
  private final ExecutorService workers;
  private final int maxInFlight;
  private final ArrayDeque<Future<DeflateBlock>> inFlight = new ArrayDeque<>();
  private final ArrayDeque<DeflateBlock> idle = new ArrayDeque<>();
  private DeflateBlock current;
  private long records;
  private long blocks;
  private long inflated;
  private long written;

  BgzfWriter(OutputStream out, SynthOptions options) {
    this.out = out;
    this.options = options;
    boolean alone = options.threads() == 1;
    maxInFlight = 4 * options.threads();
    workers = alone ? null : Executors.newFixedThreadPool(options.threads(), BgzfWriter::daemon);
    current = newBlock();
  }

  @Override
  public void accept(Bytes record) throws IOException {
    if (options.aligned() && current.length + record.length > options.blockBytes()) {
      endBlock(); // as htslib's bgzf_flush_try: only a record larger than a block spans
    }
    write(record.array, 0, record.length);
    records++;
  }

  void write(byte[] bytes, int from, int count) throws IOException {
    int at = from;
    int end = from + count;
    while (at < end) {
      if (current.length == options.blockBytes()) {
        endBlock();
      }
      int part = Math.min(end - at, options.blockBytes() - current.length);
      System.arraycopy(bytes, at, current.input, current.length, part);
      current.length += part;
      at += part;
    }
    inflated += count;
  }

  /** Ends the current block, unless it is empty. */
  void endBlock() throws IOException {
    if (current.length == 0) {
      return;
    }
    if (workers == null) {
      put(current.call());
      return;
    }
    if (inFlight.size() == maxInFlight) {
      putFirst();
    }
    inFlight.add(workers.submit(current));
    current = idle.isEmpty() ? newBlock() : idle.poll();
  }

  /** Writes what is left and the end-of-file marker, flushes, and returns what was written. */
  SynthReport finish() throws IOException {
    endBlock();
    while (!inFlight.isEmpty()) {
      putFirst();
    }
    byte[] marker = DeflateBlock.endOfFile();
    out.write(marker);
    out.flush();
    return new SynthReport(records, blocks + 1, inflated, written + marker.length);
  }

  private void putFirst() throws IOException {
    try {
      DeflateBlock block = inFlight.remove().get();
      put(block);
      idle.add(block);
    } catch (ExecutionException e) {
      throw new IOException("Deflating a block failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a BAM was being written");
    }
  }

  private void put(DeflateBlock block) throws IOException {
    out.write(block.output, 0, block.outputLength);
    written += block.outputLength;
    blocks++;
    block.length = 0;
  }

  private DeflateBlock newBlock() {
    return new DeflateBlock(options.level());
  }

  /** Stops the workers and releases native memory; the output stays open. */
  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
    }
    // A worker may still deflate after a failure: its native memory is released by the cleaner.
    idle.forEach(DeflateBlock::end);
    current.end();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "synth-deflate");
    thread.setDaemon(true);
    return thread;
  }
}
