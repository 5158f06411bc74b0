package org.bamarrow.benchmarks.spikes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import org.bamarrow.bench.Median;
import org.bamarrow.bench.PageCache;
import org.bamarrow.internal.bgzf.BlockBuffer;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;

/**
 * Two ideas of the prototype, tried: mapping the input instead of reading it by position, and many
 * readers, each with a segment of its own, instead of one that all use in turns. Every way inflates
 * and checks all blocks; nothing is decoded or written. Usage: {@code InputSpike IN.bam [THREADS
 * [RUNS [cold]]]}. Ways run in turns, medians are printed.
 */
public final class InputSpike {
  private static final int CHUNK = 1 << 20;

  /** What is compared; the last two differ only in the input's way to the JDK's inflater. */
  private enum Way {
    READ_IN_TURNS("read by position, one reader in turns"),
    MAPPED_IN_TURNS("mapped and copied, one reader in turns"),
    READ_IN_SEGMENTS("read by position, a segment for each thread"),
    READ_JDK("read by position, in turns, JDK inflater"),
    MAPPED_DIRECT_JDK("mapped, inflated from the map, JDK inflater");

    final String words;

    Way(String words) {
      this.words = words;
    }
  }

  private final Path bam;
  private final int threads;
  private final AtomicLong inflated = new AtomicLong();
  private final InflaterKind fastest = Inflaters.choose(org.bamarrow.convert.Inflater.AUTO);
  private long[] segments;

  private InputSpike(Path bam, int threads) {
    this.bam = bam;
    this.threads = threads;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 1) {
      System.err.println("usage: InputSpike IN.bam [THREADS [RUNS [cold]]]");
      System.exit(2);
    }
    Path bam = Path.of(args[0]);
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 2;
    int runs = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    boolean cold = args.length > 3 && args[3].equals("cold");
    new InputSpike(bam, threads).compare(runs, cold);
  }

  private void compare(int runs, boolean cold) throws Exception {
    segments = segments();
    Map<Way, List<Double>> seconds = new EnumMap<>(Way.class);
    long bytes = 0;
    for (int round = -1; round < runs; round++) { // the first one warms the JVM up
      for (Way way : Way.values()) {
        if (cold) {
          PageCache.drop(bam.toString());
        }
        inflated.set(0);
        long begin = System.nanoTime();
        run(way);
        double time = (System.nanoTime() - begin) / 1e9;
        if (bytes != 0 && bytes != inflated.get()) {
          throw new IllegalStateException(way + " inflated " + inflated + " of " + bytes);
        }
        bytes = inflated.get();
        if (round >= 0) {
          seconds.computeIfAbsent(way, key -> new ArrayList<>()).add(time);
        }
      }
    }
    System.out.printf(
        "%s: %d bytes, %d inflated, %d threads, inflater %s, %s page cache, median of %d%n",
        bam.getFileName(),
        Files.size(bam),
        bytes,
        threads,
        fastest.word(),
        cold ? "cold" : "warm",
        runs);
    for (Way way : Way.values()) {
      double median = Median.of(seconds.get(way));
      System.out.printf(
          Locale.ROOT, "%-48s %8.3f s %8.0f MB/s%n", way.words, median, bytes / median / 1e6);
    }
  }

  private void run(Way way) throws Exception {
    try (ByteSource source =
        way == Way.MAPPED_IN_TURNS || way == Way.MAPPED_DIRECT_JDK
            ? new MappedByteSource(bam)
            : new FileByteSource(bam.toString(), bam)) {
      List<Callable<Void>> workers = new ArrayList<>();
      RawChunkReader shared = reader(source, 0);
      AtomicLong next = new AtomicLong();
      for (int i = 0; i < threads; i++) {
        int index = i;
        workers.add(
            () ->
                switch (way) {
                  case READ_IN_TURNS, MAPPED_IN_TURNS ->
                      inflate(shared, Long.MAX_VALUE, source, fastest);
                  case READ_JDK -> inflate(shared, Long.MAX_VALUE, source, InflaterKind.JDK);
                  case READ_IN_SEGMENTS ->
                      inflate(
                          reader(source, segments[index]), segments[index + 1], source, fastest);
                  case MAPPED_DIRECT_JDK -> inflateFromMap((MappedByteSource) source, next);
                });
      }
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        for (Future<Void> worker : pool.invokeAll(workers)) {
          worker.get();
        }
      } finally {
        pool.shutdown();
      }
    }
  }

  private static RawChunkReader reader(ByteSource source, long position) {
    return new RawChunkReader(source, position, CHUNK, 1 << 29, CHUNK, true);
  }

  /** Inflates the chunks that a reader, shared or not, still gives before {@code end}. */
  private Void inflate(RawChunkReader reader, long end, ByteSource source, InflaterKind kind)
      throws IOException {
    RawChunk chunk = new RawChunk();
    BlockBuffer buffer = new BlockBuffer();
    try (BlockInflater inflater = kind.open()) {
      while (claim(reader, chunk, end)) {
        buffer.clear();
        buffer.reserve((int) chunk.inflatedSize());
        for (int i = 0; i < chunk.blocks(); i++) {
          buffer.append(chunk, i, inflater, source.name());
        }
        inflated.addAndGet(buffer.size());
      }
    }
    return null;
  }

  private static boolean claim(RawChunkReader reader, RawChunk chunk, long end) throws IOException {
    synchronized (reader) {
      return reader.position() < end && reader.read(chunk);
    }
  }

  /** Hops along the map in turns; the JDK's inflater takes its input from there without a copy. */
  private Void inflateFromMap(MappedByteSource source, AtomicLong next) throws Exception {
    Inflater inflater = new Inflater(true);
    CRC32 crc = new CRC32();
    byte[] target = new byte[BlockHeader.MAX_BYTES];
    try {
      while (true) {
        long from;
        long to;
        synchronized (next) {
          from = next.get();
          to = from;
          while (to < source.size() && to - from < CHUNK) {
            to += blockSize(source, to);
          }
          next.set(to);
        }
        if (from == to) {
          return null;
        }
        for (long at = from; at < to; at += blockSize(source, at)) {
          inflateBlock(source, at, inflater, crc, target);
        }
      }
    } finally {
      inflater.end();
    }
  }

  private void inflateBlock(
      MappedByteSource source, long at, Inflater inflater, CRC32 crc, byte[] target)
      throws Exception {
    MappedByteBuffer window = source.window(at);
    int block = MappedByteSource.within(at);
    int end = block + blockSize(source, at);
    int header = BlockHeader.FIXED_BYTES + window.getShort(block + 10);
    int size = window.getInt(end - 4);
    ByteBuffer deflated =
        window.slice(block + header, end - BlockHeader.FOOTER_BYTES - block - header);
    inflater.reset();
    inflater.setInput(deflated);
    int got = size == 0 ? 0 : inflater.inflate(target, 0, size);
    crc.reset();
    crc.update(target, 0, size);
    if (got != size || (int) crc.getValue() != window.getInt(end - 8)) {
      throw new IOException("bad block at " + at);
    }
    inflated.addAndGet(size);
  }

  /** As htslib and htsjdk write blocks: BC is the first and only subfield. */
  private static int blockSize(MappedByteSource source, long at) throws IOException {
    MappedByteBuffer window = source.window(at);
    int block = MappedByteSource.within(at);
    if (window.get(block) != 31 || window.get(block + 12) != 'B' || window.get(block + 13) != 'C') {
      throw new IOException("no plain BGZF block at " + at);
    }
    return (window.getShort(block + 16) & 0xffff) + 1;
  }

  /** Starts of equal shares of the file, on the readers' grid so that no chunk spans two. */
  private long[] segments() throws IOException {
    MappedByteSource source = new MappedByteSource(bam);
    long[] starts = new long[threads + 1];
    starts[threads] = source.size();
    int next = 1;
    for (long at = 0; at < source.size() && next < threads; at += blockSize(source, at)) {
      long wanted = source.size() * next / threads / CHUNK * CHUNK;
      if (at >= wanted) {
        starts[next++] = at;
      }
    }
    return starts;
  }
}
