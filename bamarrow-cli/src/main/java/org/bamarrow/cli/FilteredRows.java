package org.bamarrow.cli;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.bamarrow.internal.filter.BatchFilter;
import org.bamarrow.internal.filter.RowSelection;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.rewrite.ArrowFilters;
import org.bamarrow.internal.rewrite.PartFilter;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartStore;
import org.bamarrow.verify.RowChoice;

/** The rows of Arrow data that pass the filters of a command. */
final class FilteredRows implements RowChoice {
  private final String name;
  private final ArrowFilters filters;
  private final BatchFilter filter;

  /** The file opened last; null before the first. */
  private IpcBatches file;

  /** Null without a directory of parts. */
  private PartFilter parts;

  private RowSelection selection;
  private long rows;

  /**
   * @param name of the input, for errors
   * @param filters from which the filter is
   */
  FilteredRows(String name, ArrowFilters filters, BatchFilter filter) {
    this.name = name;
    this.filters = filters;
    this.filter = filter;
  }

  @Override
  public void opened(PartStore store, Manifest manifest) throws IOException {
    parts = new PartFilter(store, manifest, filters);
  }

  @Override
  public boolean needs(Part part) throws IOException {
    return parts.canMatch(part);
  }

  @Override
  public void opened(IpcBatches opened) throws IOException {
    rows += leftOut();
    file = opened;
    filters.leaveOut(opened);
  }

  @Override
  public void at(List<FieldVector> batch, int count) throws IOException {
    try {
      selection = filter.select(batch, count);
    } catch (IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    rows += count;
  }

  @Override
  public int next(int row) {
    return selection.next(row);
  }

  /** Number of chosen rows of the batch. */
  int chosen() {
    return selection.size();
  }

  /** Rows of all batches so far, and of batches and parts that were left out. */
  long rows() {
    return rows + leftOut() + (parts == null ? 0 : parts.rowsLeftOut());
  }

  private long leftOut() {
    return file == null ? 0 : file.zones().rowsLeftOut();
  }
}
