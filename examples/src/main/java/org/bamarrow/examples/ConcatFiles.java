package org.bamarrow.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.ArrowConcat;
import org.bamarrow.convert.OutputOptions;

/** Concatenates Arrow files with the same schema; their record batches are copied as they are. */
public final class ConcatFiles {
  private ConcatFiles() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("usage: ConcatFiles OUT.arrow IN.arrow...");
      System.exit(2);
    }
    List<Path> inputs = Stream.of(args).skip(1).map(Path::of).toList();
    ArrowConcat.Result all = concat(inputs, args[0]);
    System.out.printf("%d rows in %d batches%n", all.rows(), all.batches());
  }

  static ArrowConcat.Result concat(List<Path> inputs, String target) throws IOException {
    return ArrowConcat.concat(inputs, target, OutputOptions.defaults());
  }
}
