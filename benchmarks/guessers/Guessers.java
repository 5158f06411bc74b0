import htsjdk.samtools.SAMFileHeader;
import htsjdk.samtools.SamReader;
import htsjdk.samtools.SamReaderFactory;
import htsjdk.samtools.ValidationStringency;
import htsjdk.samtools.seekablestream.SeekableFileStream;
import htsjdk.samtools.seekablestream.SeekableStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.internal.bam.RecordFinder;
import org.bamarrow.internal.bgzf.BlockHeader;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.RawChunk;
import org.bamarrow.internal.bgzf.RawChunkReader;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.ReadScope;
import org.seqdoop.hadoop_bam.BAMSplitGuesser;

/**
 * The record guessers of bamarrow, disq and Hadoop-BAM at the block boundaries of the same files,
 * beside the truth: the records that walking the file from its header gives. Each guesser is asked
 * as its own reader asks it for the split that begins at that boundary and goes to the file's end.
 *
 * <p>usage: Guessers MOST-BOUNDARIES FILE...; a file with more boundaries is asked at so many, evenly
 * spread.
 */
public final class Guessers {
  private static final int MAX_RECORD = 1 << 28;

  /** After so many positions disq's reader of a split gives up (BamSource). */
  private static final int DISQ_POSITIONS = 10_000_000;

  private static final long NOTHING = -1;

  private enum Answer {
    RIGHT,
    WRONG,
    NOTHING,
    EXCEPTION
  }

  /** A guesser of one file. */
  private interface Guesser extends Closeable {
    /** The virtual offset of the first record from the block at {@code position} on. */
    long guess(long position) throws Exception;

    long bytes();
  }

  private interface Kind {
    Guesser open(File file, Truth truth) throws Exception;
  }

  /** Blocks behind the one where the header ends, and the records. */
  private static final class Truth {
    final List<Long> blocks = new ArrayList<>();
    final List<Integer> sizes = new ArrayList<>();
    final TreeSet<Long> records = new TreeSet<>();

    Truth(File file) throws IOException {
      try (BlockInflater inflater = InflaterKind.JDK.open();
          BamInput input = BamInput.open(ByteSources.open(file.toString()), 0, inflater)) {
        ParallelReader.Settings settings =
            new ParallelReader.Settings(
                BatchOptions.defaults(),
                1 << 20,
                true,
                -1,
                MAX_RECORD,
                InflaterKind.JDK::open,
                null,
                System::nanoTime);
        try (ParallelReader reader =
            new ParallelReader(
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
        long first = input.header().firstRecord() >>> 16;
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
      Long start = records.ceiling(position << 16);
      return start == null ? NOTHING : start;
    }
  }

  private static final class Ours implements Guesser {
    private final BlockInflater inflater = InflaterKind.JDK.open();
    private final BamInput input;
    private final CountingSource counting;

    Ours(File file, Truth truth) throws IOException {
      input = BamInput.open(ByteSources.open(file.toString()), 0, inflater);
      counting = new CountingSource(input.source());
    }

    @Override
    public long guess(long position) throws IOException {
      return new RecordFinder(
              counting, input.header(), inflater, MAX_RECORD, RecordFinder.Proof.STRICT)
          .find(position);
    }

    @Override
    public long bytes() {
      return counting.bytes;
    }

    @Override
    public void close() throws IOException {
      input.close();
      inflater.close();
    }
  }

  private static final class Disq implements Guesser {
    private final Truth truth;
    private final CountingStream stream;
    private final Object guesser;
    private final Method check;

    Disq(File file, Truth truth) throws Exception {
      this.truth = truth;
      stream = new CountingStream(file);
      SAMFileHeader header;
      try (SamReader reader =
          SamReaderFactory.make().validationStringency(ValidationStringency.SILENT).open(file)) {
        header = reader.getFileHeader();
      }
      Class<?> type = Class.forName("org.disq_bio.disq.impl.formats.bam.BamRecordGuesser");
      Constructor<?> constructor =
          type.getConstructor(SeekableStream.class, int.class, SAMFileHeader.class);
      constructor.setAccessible(true);
      guesser = constructor.newInstance(stream, header.getSequenceDictionary().size(), header);
      check = type.getMethod("checkRecordStart", long.class);
      check.setAccessible(true);
    }

    @Override
    public long guess(long position) throws Exception {
      int asked = 0;
      for (int block = truth.blocks.indexOf(position); block < truth.blocks.size(); block++) {
        for (int up = 0; up < truth.sizes.get(block); up++) {
          if (++asked > DISQ_POSITIONS) {
            return NOTHING;
          }
          long place = truth.blocks.get(block) << 16 | up;
          if ((boolean) check.invoke(guesser, place)) {
            return place;
          }
        }
      }
      return NOTHING;
    }

    @Override
    public long bytes() {
      return stream.bytes;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  private static final class HadoopBam implements Guesser {
    private final long size;
    private final CountingStream stream;
    private final BAMSplitGuesser guesser;

    HadoopBam(File file, Truth truth) throws Exception {
      size = file.length();
      stream = new CountingStream(file);
      Configuration lenient = new Configuration();
      lenient.set("hadoopbam.samheaderreader.validation-stringency", "SILENT");
      guesser = new BAMSplitGuesser(stream, new SeekableFileStream(file), lenient);
    }

    @Override
    public long guess(long position) throws IOException {
      long found = guesser.guessNextBAMRecordStart(position, size);
      return found == size ? NOTHING : found;
    }

    @Override
    public long bytes() {
      return stream.bytes;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  private static final class CountingSource implements ByteSource {
    private final ByteSource source;
    private long bytes;

    CountingSource(ByteSource source) {
      this.source = source;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      int read = source.read(position, target, offset, length);
      bytes += Math.max(0, read);
      return read;
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public void close() {}
  }

  private static final class CountingStream extends SeekableFileStream {
    private long bytes;

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

  private static final class Total {
    final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
    long nanoseconds;
    long bytes;
    String firstWrong = "";

    int of(Answer answer) {
      return answers.getOrDefault(answer, 0);
    }

    void add(Total other) {
      other.answers.forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
      nanoseconds += other.nanoseconds;
      bytes += other.bytes;
    }
  }

  private static final List<String> NAMES = List.of("bamarrow", "disq 0.3.8", "Hadoop-BAM 7.10.0");
  private static final List<Kind> KINDS = List.of(Ours::new, Disq::new, HadoopBam::new);

  public static void main(String[] arguments) throws Exception {
    int most = Integer.parseInt(arguments[0]);
    List<Total> totals = List.of(new Total(), new Total(), new Total());
    int files = 0;
    for (int i = 1; i < arguments.length; i++) {
      File file = new File(arguments[i]);
      Truth truth = new Truth(file);
      if (truth.blocks.isEmpty()) {
        continue;
      }
      files++;
      List<Total> of = new ArrayList<>();
      for (int k = 0; k < KINDS.size(); k++) {
        of.add(ask(KINDS.get(k), NAMES.get(k), file, truth, most));
      }
      for (int k = 0; k < of.size(); k++) {
        totals.get(k).add(of.get(k));
        if (of.get(k).of(Answer.RIGHT) < asked(truth, most)) {
          print(Path.of(arguments[i]).getFileName() + "", NAMES.get(k), of.get(k));
        }
      }
    }
    System.out.println();
    for (int k = 0; k < totals.size(); k++) {
      print("all " + files + " files", NAMES.get(k), totals.get(k));
    }
  }

  private static int asked(Truth truth, int most) {
    return Math.min(most, truth.blocks.size());
  }

  private static Total ask(Kind kind, String name, File file, Truth truth, int most) {
    Total total = new Total();
    int asked = asked(truth, most);
    long begin = System.nanoTime();
    try (Guesser guesser = kind.open(file, truth)) {
      for (int i = 0; i < asked; i++) {
        long block = truth.blocks.get((int) ((long) i * truth.blocks.size() / asked));
        total.answers.merge(answer(guesser, block, truth.from(block), total), 1, Integer::sum);
      }
      total.bytes = guesser.bytes();
    } catch (Exception | LinkageError e) { // the guesser does not even open the file
      total.answers.clear();
      total.answers.put(Answer.EXCEPTION, asked);
      System.out.println(file.getName() + ": " + name + ": " + cause(e));
    }
    total.nanoseconds = System.nanoTime() - begin;
    return total;
  }

  private static Answer answer(Guesser guesser, long block, long truth, Total total) {
    try {
      long found = guesser.guess(block);
      if (found != truth && total.firstWrong.isEmpty()) {
        total.firstWrong = block + ": " + place(found) + ", not " + place(truth);
      }
      return found == truth ? Answer.RIGHT : found == NOTHING ? Answer.NOTHING : Answer.WRONG;
    } catch (Exception | LinkageError | AssertionError e) {
      return Answer.EXCEPTION;
    }
  }

  private static String place(long record) {
    return record == NOTHING ? "none" : (record >>> 16) + "/" + (record & 0xffff);
  }

  private static Throwable cause(Throwable e) {
    return e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
  }

  private static void print(String file, String name, Total total) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %d | %d | %d | %.2f | %.1f | %s |%n",
        file,
        name,
        total.of(Answer.RIGHT),
        total.of(Answer.WRONG),
        total.of(Answer.NOTHING),
        total.of(Answer.EXCEPTION),
        total.nanoseconds / 1e9,
        total.bytes / 1e6,
        total.firstWrong);
    System.out.flush();
  }
}
