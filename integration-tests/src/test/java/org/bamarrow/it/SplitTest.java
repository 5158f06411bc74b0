package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.SBIIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.internal.read.RangeEnd;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SplitFinder;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cut anywhere, every BAM of the corpus gives the records of the whole, each one once. */
class SplitTest {
  private static final int MAX_RECORD = 1 << 26;
  private static final long CUT_AT_BLOCKS = 3L << 20;
  private static final long CUT_AT_RECORDS = 1 << 20;
  private static final long CUT_AT_BYTES = 4 << 10;

  @Test
  void splitsAtEveryBlockGiveTheWhole() throws IOException {
    cutAll("at every block", size -> size <= CUT_AT_BLOCKS, SplitTest::blocks);
  }

  @Test
  void splitsAtEveryByteGiveTheWhole() throws IOException {
    cutAll("at every byte", size -> size <= CUT_AT_BYTES, SplitTest::bytes);
  }

  @Test
  @Tag("full")
  void splitsAtEveryBlockOfLargerFilesGiveTheWhole(@TempDir Path folder) throws IOException {
    for (SynthProfile profile : SynthProfile.values()) {
      Path bam = folder.resolve(profile.label() + ".bam");
      SynthOptions options = SynthOptions.of(profile, 1, 8).withTargetBytes(10 << 20);
      SynthBam.write(bam, options.withBlocks(false, 4, 30_000));
      try (BlockInflater inflater = InflaterKind.JDK.open();
          BamInput input = BamInput.open(ByteSources.open(bam.toString()), 0, inflater);
          SplitFinder finder = new SplitFinder(InflaterKind.JDK.open(), MAX_RECORD)) {
        List<Long> whole = starts(input, List.of(BamRange.whole(input)), finder);
        List<BamRange> parts = cut(input, finder, blocks(input.source()));
        assertEquals(whole, starts(input, parts, finder), profile.label());
        Files.delete(bam);
      }
    }
  }

  private static List<BamRange> cut(BamInput input, SplitFinder finder, List<Long> ends)
      throws IOException {
    List<BamRange> parts = new ArrayList<>();
    long begin = 0;
    for (long end : ends) {
      parts.add(finder.range(input, new BamSplit(begin, end)));
      begin = end;
    }
    return parts;
  }

  /** As an index that knows every record's start cuts: nothing is searched for. */
  @Test
  void rangesFromRecordToRecordGiveTheWhole() throws IOException {
    int ranges = 0;
    List<String> wrong = new ArrayList<>();
    for (Corpus.Entry entry : Corpus.entries()) {
      if (entry.sound() && Files.size(entry.bam()) <= CUT_AT_RECORDS) {
        try (BlockInflater inflater = InflaterKind.JDK.open();
            BamInput input = BamInput.open(ByteSources.open(entry.bam().toString()), 0, inflater)) {
          List<Long> whole = starts(input, List.of(BamRange.whole(input)), RangeEnd.IGNORED);
          List<BamRange> parts = between(input, whole);
          ranges += parts.size();
          if (!whole.equals(starts(input, parts, SplitTest::requireExact))) {
            wrong.add(entry.name());
          }
        }
      }
    }
    System.out.printf("%d ranges from record to record%n", ranges);
    assertEquals(List.of(), wrong);
  }

  /** The splitting indexes of others: what they name as starts are starts, and cut as such. */
  @Test
  void rangesBetweenTheStartsOfASplittingIndexGiveTheWhole() throws IOException {
    int indexes = 0;
    for (Corpus.Entry entry : Corpus.entries()) {
      Path index = Path.of(entry.bam() + ".sbi");
      if (Files.exists(index)) {
        indexes++;
        try (BlockInflater inflater = InflaterKind.JDK.open();
            BamInput input = BamInput.open(ByteSources.open(entry.bam().toString()), 0, inflater);
            SplitFinder finder = new SplitFinder(InflaterKind.JDK.open(), MAX_RECORD)) {
          List<Long> whole = starts(input, List.of(BamRange.whole(input)), finder);
          long[] offsets = SBIIndex.load(index).getVirtualOffsets();
          List<Long> named = Arrays.stream(offsets).limit(offsets.length - 1).boxed().toList();
          assertTrue(whole.containsAll(named), "starts that are none in " + index);
          assertEquals(whole, starts(input, between(input, named), SplitTest::requireExact));
        }
      }
    }
    assertTrue(indexes > 0);
  }

  private static List<BamRange> between(BamInput input, List<Long> starts) {
    List<BamRange> ranges = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      long end = i + 1 < starts.size() ? starts.get(i + 1) : BamRange.TO_END;
      ranges.add(new BamRange(input, starts.get(i), end));
    }
    return ranges;
  }

  private static void requireExact(BamRange range, long next) throws IOException {
    if (next != range.end()) {
      throw new IOException("a range ends at " + next + ", not " + range.end());
    }
  }

  private interface Cuts {
    List<Long> of(ByteSource source) throws IOException;
  }

  private static void cutAll(String where, LongPredicate wanted, Cuts cuts) throws IOException {
    int files = 0;
    long splits = 0;
    List<String> wrong = new ArrayList<>();
    for (Corpus.Entry entry : Corpus.entries()) {
      if (!entry.sound() || !wanted.test(Files.size(entry.bam()))) {
        continue;
      }
      files++;
      try (BlockInflater inflater = InflaterKind.JDK.open();
          BamInput input = BamInput.open(ByteSources.open(entry.bam().toString()), 0, inflater);
          SplitFinder finder = new SplitFinder(InflaterKind.JDK.open(), MAX_RECORD)) {
        List<Long> whole = starts(input, List.of(BamRange.whole(input)), finder);
        List<BamRange> parts = cut(input, finder, cuts.of(input.source()));
        splits += parts.size();
        if (!whole.equals(starts(input, parts, finder))) {
          wrong.add(entry.name());
        }
      } catch (IOException e) {
        wrong.add(entry.name() + ": " + e.getMessage());
      }
    }
    System.out.printf("%d files cut %s into %d splits%n", files, where, splits);
    assertEquals(List.of(), wrong);
    assertTrue(files > 0);
  }

  /** Virtual offsets of the records in the ranges. */
  private static List<Long> starts(BamInput input, List<BamRange> ranges, RangeEnd rangeEnd)
      throws IOException {
    List<Long> starts = new ArrayList<>();
    RecordPipeline.Settings settings =
        new RecordPipeline.Settings(
            BatchOptions.defaults(),
            1 << 20,
            true,
            -1,
            MAX_RECORD,
            InflaterKind.JDK::open,
            null,
            System::nanoTime);
    try (RecordPipeline reader =
        new RecordPipeline(
            new ReadScope(ranges, rangeEnd, null),
            settings,
            List.of(slice -> addStarts(slice, starts)))) {
      reader.runHere();
    }
    return starts;
  }

  private static void addStarts(RecordSlice slice, List<Long> starts) {
    for (int row = 0; row < slice.count(); row++) {
      starts.add(slice.virtualOffset(row));
    }
  }

  private static List<Long> blocks(ByteSource source) throws IOException {
    RawChunkReader reader =
        new RawChunkReader(source, 0, 1, BlockHeader.MAX_BYTES, BlockHeader.MAX_BYTES, true);
    RawChunk block = new RawChunk();
    List<Long> ends = new ArrayList<>();
    while (reader.read(block)) {
      ends.add(reader.position());
    }
    return ends;
  }

  private static List<Long> bytes(ByteSource source) {
    List<Long> ends = new ArrayList<>();
    for (long at = 1; at <= source.size(); at++) {
      ends.add(at);
    }
    return ends;
  }
}
