package org.bamarrow.benchmarks.splits;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bamarrow.io.VirtualOffset;

/**
 * The record guessers of bamarrow, disq and Hadoop-BAM at the block boundaries of the same files,
 * beside the truth: the records that walking the file from its header gives. Each guesser is asked
 * as its own reader asks it for the split that begins at that boundary and goes to the file's end.
 *
 * <p>usage: Guessers MOST-BOUNDARIES FILE...; a file with more boundaries is asked at so many,
 * evenly spread.
 */
public final class Guessers {
  private enum Answer {
    RIGHT,
    WRONG,
    NOTHING,
    EXCEPTION
  }

  private interface Kind {
    Guesser open(File file, Truth truth) throws Exception;
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

  private static final List<Kind> KINDS =
      List.of(BamarrowGuesser::new, DisqGuesser::new, HadoopBamGuesser::new);

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
      return found == truth
          ? Answer.RIGHT
          : found == Guesser.NOTHING ? Answer.NOTHING : Answer.WRONG;
    } catch (Exception | LinkageError | AssertionError e) {
      return Answer.EXCEPTION;
    }
  }

  private static String place(long record) {
    return record == Guesser.NOTHING
        ? "none"
        : VirtualOffset.block(record) + "/" + VirtualOffset.within(record);
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
