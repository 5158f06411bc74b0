package org.bamarrow.benchmarks.splits;

import htsjdk.samtools.seekablestream.SeekableFileStream;
import java.io.File;
import java.io.IOException;

/** Counts the bytes read from a file. */
final class CountingStream extends SeekableFileStream {
  long bytes;

  CountingStream(File file) throws IOException {
    super(file);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    bytes += Math.max(0, read);
    return read;
  }
}
