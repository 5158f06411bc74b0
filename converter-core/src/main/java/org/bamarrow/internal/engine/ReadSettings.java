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
 * How the inputs of a conversion are read: the options, and what was derived from them.
 *
 * @param filters shared by all pipelines of the conversion; null if every record is a row
 */
record ReadSettings(
    ConvertOptions options, MemoryPlan memory, InflaterKind inflater, RecordFilters filters) {
  /** A new inflater for one thread. */
  BlockInflater newInflater() {
    return inflater.open();
  }

  /** Maximum block_size that the memory budget allows. */
  int maxRecord() {
    return memory.maxRecord();
  }

  /** Number of workers that the memory budget allows. */
  int workers() {
    return memory.workers();
  }

  /**
   * The settings of one pipeline.
   *
   * @param rows the row options of the conversion with any limit, or options without filters
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
