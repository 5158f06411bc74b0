package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.column.TagCounts;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;

/**
 * The exact tags and types of whole inputs ({@code --tags scan}): the handler of one worker.
 * Workers count each chunk separately and add it to the total in file order, so that the order of
 * the tags, by first appearance, does not depend on the number of workers.
 */
public final class TagScan implements SliceHandler {
  private final TagCounts total;
  private final TagCounts ofSlice = new TagCounts();

  private TagScan(TagCounts total) {
    this.total = total;
  }

  /**
   * Reads all records of the inputs; does not close them.
   *
   * @param workers number of threads; 1 uses the thread of the caller
   * @throws IOException the first error in file order
   */
  public static TagCounts scan(List<BamInput> inputs, RecordPipeline.Settings settings, int workers)
      throws IOException {
    TagCounts total = new TagCounts();
    List<TagScan> handlers = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      handlers.add(new TagScan(total));
    }
    try (RecordPipeline pipeline =
        new RecordPipeline(ReadScope.whole(inputs), settings, handlers)) {
      if (workers == 1) {
        pipeline.runHere();
      } else {
        pipeline.start(() -> {});
        pipeline.await();
      }
    }
    return total;
  }

  @Override
  public void handle(RecordSlice slice) throws IOException {
    ofSlice.clear();
    ofSlice.add(slice);
  }

  @Override
  public void deliver() {
    total.merge(ofSlice);
  }
}
