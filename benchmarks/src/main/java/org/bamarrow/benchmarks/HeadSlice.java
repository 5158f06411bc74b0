package org.bamarrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeaderReader;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bgzf.BlockBuffer;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.VirtualOffset;

/** The whole records in the first chunk of a BAM, as large as the pipeline's chunks are. */
final class HeadSlice implements RecordSlice {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int INFLATED_BYTES = 8 << 20;

  private final BlockBuffer buffer = new BlockBuffer();
  private final String file;
  private final BamHeader header;
  private int[] starts = new int[1 << 12];
  private int count;
  private int bytes;

  HeadSlice(Path bam) throws IOException {
    file = bam.toString();
    try (ByteSource source = ByteSources.open(file);
        BlockInflater inflater = Inflaters.choose(Inflater.AUTO).open()) {
      header = BamHeaderReader.read(source, inflater);
      long first = header.firstRecord();
      RawChunkReader reader =
          new RawChunkReader(
              source, VirtualOffset.block(first), CHUNK_BYTES, INFLATED_BYTES, CHUNK_BYTES, true);
      RawChunk chunk = new RawChunk();
      reader.read(chunk);
      for (int i = 0; i < chunk.blocks(); i++) {
        buffer.append(chunk, i, inflater, file);
      }
      index(VirtualOffset.within(first));
    }
    if (count == 0) {
      throw new IOException(file + ": no whole record in the first " + CHUNK_BYTES + " bytes");
    }
  }

  private void index(int first) {
    int at = first;
    while (buffer.size() - at >= 4 && RecordLayout.end(data(), at) <= buffer.size()) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      starts[count++] = at;
      at = RecordLayout.end(data(), at);
    }
    bytes = at - first;
  }

  /** Bytes of all records together. */
  int bytes() {
    return bytes;
  }

  @Override
  public byte[] data() {
    return buffer.data();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int start(int row) {
    return starts[row];
  }

  @Override
  public BamHeader header() {
    return header;
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public long virtualOffset(int row) {
    return buffer.virtualOffset(starts[row]);
  }
}
