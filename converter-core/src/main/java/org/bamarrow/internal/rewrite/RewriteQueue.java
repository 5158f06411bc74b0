package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;
import org.bamarrow.internal.ipc.BatchPlace;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.io.ByteSource;

/**
 * The one reader of the input: opens its files, locates the batches that are wanted in their order,
 * and gives each to a worker once there is memory for it. Thread-safe.
 */
final class RewriteQueue implements AutoCloseable {
  private final RewriteInput input;
  private final RewritePlan plan;
  private final BufferAllocator allocator;
  private final MemoryBudget memory;

  /** Null without filters or a directory. */
  private final PartFilter parts;

  /** Not guarded by this object, which a thread holds while it waits for memory. */
  private final Set<RewriteFile> open = ConcurrentHashMap.newKeySet();

  private RewriteFile file;

  /** The workers that load dictionaries of the file, each its own copy. */
  private final List<RewriteWorker> loading = new ArrayList<>();

  private int nextFile;
  private long next;
  private volatile boolean stopped;

  RewriteQueue(RewritePlan plan, BufferAllocator allocator, MemoryBudget memory)
      throws IOException {
    this.input = plan.input();
    this.plan = plan;
    this.allocator = allocator;
    this.memory = memory;
    this.parts = plan.parts();
  }

  /**
   * Passes over the files before the next one that can have rows; to be called before the first
   * batch.
   *
   * @return their rows
   */
  synchronized long leaveOut() throws IOException {
    if (parts == null) {
      return 0;
    }
    long before = parts.rowsLeftOut();
    while (nextFile < input.count() && !parts.canMatch(input.part(nextFile))) {
      nextFile++;
    }
    return parts.rowsLeftOut() - before;
  }

  /**
   * The next batch or end of a file; null after the last one, and for a worker whose copy of the
   * dictionaries would need too much memory: others carry the rest.
   */
  synchronized RewriteItem next(RewriteWorker worker) {
    if (stopped || file == null && nextFile == input.count() || !mayLoad(worker)) {
      return null;
    }
    long index = next++;
    try {
      return item(index);
    } catch (IOException | RuntimeException | Error e) {
      stopped = true;
      return RewriteItem.failed(index, e);
    }
  }

  /**
   * Whether there is memory for its copy of the dictionaries so far: always for that of the first
   * worker. The worker that comes upon a larger one loads it.
   */
  private boolean mayLoad(RewriteWorker worker) {
    if (file == null) {
      loading.clear();
    }
    int before = loading.indexOf(worker);
    int copies = (before < 0 ? loading.size() : before) + 1;
    if (file != null && copies > 1 && !memory.fits(file.batches.dictionaryBytes(), copies)) {
      return false;
    }
    if (before < 0) {
      loading.add(worker);
    }
    return true;
  }

  private RewriteItem item(long index) throws IOException {
    if (file == null) {
      file = open(nextFile++);
    }
    RewriteFile from = file;
    BatchPlace place = from.batches.locate();
    if (place == null) {
      file = null;
      return RewriteItem.end(index, from, leaveOut());
    }
    List<Zone> zones = from.nextZone();
    long taken = memory.take(from.isCopied() ? 0 : from.batches.bytes(place));
    return new RewriteItem(index, from, place, zones, taken, 0, null);
  }

  private RewriteFile open(int index) throws IOException {
    ByteSource source = input.open(index, !plan.filters());
    IpcBatches batches = IpcBatches.open(source);
    RewriteFile opened = new RewriteFile(index, source, batches, input.bytesBefore(index));
    open.add(opened);
    input.requireColumns(index, batches.ipcSchema().fields());
    List<Zone> zones = plan.changesNothing() ? batches.zones().all() : null;
    if (zones != null && isCopyable(index)) {
      opened.copyAll(
          input.hasManyInputs() ? zones.stream().map(Zone::withoutVoffsets).toList() : zones);
    }
    plan.leaveOut(batches);
    plan.select(batches, opened.isCopied(), allocator);
    return opened;
  }

  /** Whether all batches of a file can be copied as they are; reads their metadata. */
  private boolean isCopyable(int index) throws IOException {
    try (IpcBatches batches = IpcBatches.open(input.open(index, false))) {
      batches.select(List.of(), 0, Long.MAX_VALUE, allocator);
      return RewriteFile.isCopyable(batches);
    }
  }

  /** Gives no more; any thread may call it. */
  void stop() {
    stopped = true;
  }

  /** What an item needed is free again. */
  void release(RewriteItem item) {
    memory.release(item.memory());
  }

  /** Closes a file of which all batches have been delivered. */
  void close(RewriteFile ended) throws IOException {
    open.remove(ended);
    ended.batches.close();
  }

  /** Closes all files; called after the workers have ended. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (RewriteFile each : open) {
      try {
        each.batches.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
