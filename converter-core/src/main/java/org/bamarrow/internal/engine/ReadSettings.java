package org.bamarrow.internal.engine;

import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.filter.RecordFilters;
import org.bamarrow.internal.read.MemoryPlan;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.Stage;

/**
 * With what the inputs of a conversion are read: the options, and what was chosen from them.
 *
 * @param filters of all readers of the conversion; null: every record is a row
 */
record ReadSettings(
    ConvertOptions options, MemoryPlan memory, InflaterKind inflater, RecordFilters filters) {
  /** A new inflater for one thread. */
  BlockInflater newInflater() {
    return inflater.open();
  }

  /** The largest block_size that the memory budget allows. */
  int maxRecord() {
    return memory.maxRecord();
  }

  /** Workers in use, after the memory budget. */
  int workers() {
    return memory.workers();
  }

  /**
   * Settings of one pipeline.
   *
   * @param rows the options' with any limit, or those that filter nothing
   */
  RecordPipeline.Settings pipeline(RowOptions rows) {
    return new RecordPipeline.Settings(
        options.batches(),
        options.machine().readBytes(),
        options.allowMissingEof(),
        rows.limit(),
        maxRecord(),
        inflater::open,
        rows.filters() ? filters : null,
        Stage.clock());
  }
}
