package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.List;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Printable;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.DictionaryUnion;
import org.bamarrow.internal.read.EndOfFile;
import org.bamarrow.internal.read.InputHeaders;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;

/**
 * The inputs of one conversion: their headers have been read, their reference names and ends have
 * been checked, and their sequence dictionaries are consistent. Owns the inputs.
 */
final class ConversionInputs implements AutoCloseable {
  private final List<BamInput> inputs;
  private final List<Reference> references;

  private ConversionInputs(List<BamInput> inputs, List<Reference> references) {
    this.inputs = inputs;
    this.references = references;
  }

  /**
   * Reads the headers of the sources.
   *
   * @param sources at least one, in the order of the output; ownership is taken, also on failure
   * @param checkEnds whether each must end with the end-of-file marker
   */
  static ConversionInputs open(List<ByteSource> sources, ConvertOptions options, boolean checkEnds)
      throws IOException {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no input given; specify at least one BAM");
    }
    try {
      List<BamInput> inputs =
          InputHeaders.read(
              sources,
              (input, inflater) -> {
                requireUtf8Names(input, options);
                if (checkEnds) {
                  EndOfFile.check(input, inflater);
                }
              });
      // inconsistent dictionaries are reported before the conversion starts
      return new ConversionInputs(inputs, DictionaryUnion.union(inputs));
    } catch (IOException | RuntimeException e) {
      ByteSources.closeAll(sources, e);
      throw e;
    }
  }

  private static void requireUtf8Names(BamInput input, ConvertOptions options)
      throws BamFormatException {
    if (input.header().nameNotUtf8() != null
        && options.columns().textEncoding() == TextEncoding.UTF_8) {
      throw new BamFormatException(
          input.source().name(),
          BamFormatException.UNKNOWN,
          "reference name '" + Printable.name(input.header().nameNotUtf8()) + "' is not UTF-8",
          Remedy.of("map it from Latin-1 with ", OptionKey.TEXT_ENCODING.setTo("latin-1")));
    }
  }

  /** All inputs, in the order of the output. */
  List<BamInput> all() {
    return inputs;
  }

  /** The references of all inputs, in order of first appearance. */
  List<Reference> references() {
    return references;
  }

  /** Compressed bytes of all inputs; -1 if one of them is a stream. */
  long totalBytes() {
    long total = 0;
    for (BamInput input : inputs) {
      long size = input.source().size();
      if (size == ByteSource.UNKNOWN_SIZE) {
        return -1;
      }
      total += size;
    }
    return total;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (BamInput input : inputs) {
      try {
        input.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    inputs.clear();
    if (first != null) {
      throw first;
    }
  }
}
