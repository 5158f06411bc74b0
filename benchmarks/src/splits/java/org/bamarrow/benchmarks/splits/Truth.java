package org.bamarrow.benchmarks.splits;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.VirtualOffset;

/** The blocks after the end of the header, and the records, found by reading the whole file. */
final class Truth {
  final List<Long> blocks = new ArrayList<>();
  final List<Integer> sizes = new ArrayList<>();
  final TreeSet<Long> records = new TreeSet<>();

  Truth(File file) throws IOException {
    try (BlockInflater inflater = InflaterKind.JDK.open();
        BamInput input = BamInput.open(ByteSources.open(file.toString()), 0, inflater)) {
      RecordPipeline.Settings settings =
          new RecordPipeline.Settings(
              BatchOptions.DEFAULT,
              1 << 20,
              true,
              -1,
              BamarrowGuesser.MAX_RECORD,
              InflaterKind.JDK::open,
              null,
              System::nanoTime);
      try (RecordPipeline reader =
          new RecordPipeline(
              ReadScope.whole(List.of(input)),
              settings,
              List.of(
                  slice -> {
                    for (int row = 0; row < slice.count(); row++) {
                      records.add(slice.virtualOffset(row));
                    }
                  }))) {
        reader.runHere();
      }
      long first = VirtualOffset.block(input.header().firstRecord());
      RawChunkReader reader =
          new RawChunkReader(
              input.source(), first, 1, BlockHeader.MAX_BYTES, BlockHeader.MAX_BYTES, true);
      RawChunk block = new RawChunk();
      while (reader.read(block)) {
        if (block.position() > first) {
          blocks.add(block.position());
          sizes.add(block.inflatedLength(0));
        }
      }
    }
  }

  long from(long position) {
    Long start = records.ceiling(VirtualOffset.of(position));
    return start == null ? Guesser.NOTHING : start;
  }
}
