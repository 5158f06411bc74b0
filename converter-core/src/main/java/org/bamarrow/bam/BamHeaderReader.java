package org.bamarrow.bam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bamarrow.BamFormatException;
import org.bamarrow.Remedy;
import org.bamarrow.bam.BamHeader.Reference;
import org.bamarrow.bgzf.BlockInflater;
import org.bamarrow.bgzf.BlockWindow;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.LittleEndian;

/**
 * Reads a BAM header (SAM specification 4.2). Memory follows the bytes that are there, never the
 * lengths that the header claims.
 */
public final class BamHeaderReader {
  private static final int MAGIC = 0x014d4142; // "BAM\1"

  /** Text, names and their copies in the schema take several times as much as the header itself. */
  private static final int MAX_HEADER =
      (int) Math.min(1 << 30, Math.max(8 << 20, Runtime.getRuntime().maxMemory() / 16));

  private static final Remedy WRITTEN_SO =
      Remedy.of("it was written so, its block's CRC32 is right: write the file again");

  private static final Remedy CUT = Remedy.of("it is cut short, fetch the file again");

  /** Bytes that tell what a file is that is no BAM. */
  private static final int SHOWN = 1 << 12;

  private final ByteSource source;
  private final BlockWindow buffer;
  private int at;

  private BamHeaderReader(ByteSource source, BlockInflater inflater) {
    this.source = source;
    this.buffer = new BlockWindow(source, inflater);
    buffer.open(0);
  }

  /**
   * Reads the header at the start of {@code source}.
   *
   * @throws BamFormatException if the source is not a BAM, or its header is damaged
   */
  public static BamHeader read(ByteSource source, BlockInflater inflater) throws IOException {
    FileKind.requireBgzf(source);
    return new BamHeaderReader(source, inflater).read();
  }

  private BamHeader read() throws IOException {
    if (!ensure(4) || LittleEndian.int32(buffer.data(), 0) != MAGIC) {
      throw FileKind.noBam(source, Arrays.copyOf(buffer.data(), Math.min(buffer.size(), SHOWN)));
    }
    at = 4;
    int textLength = length("l_text", 0);
    byte[] text = bytes("l_text", textLength);
    int textEnd = textLength;
    while (textEnd > 0 && text[textEnd - 1] == 0) {
      textEnd--;
    }
    int count = length("n_ref", 0);
    List<Reference> references = new ArrayList<>();
    String nameNotUtf8 = null;
    for (int i = 0; i < count; i++) {
      byte[] name = bytes("l_name", length("l_name", 1));
      if (name[name.length - 1] != 0) {
        throw error(at, "the name of reference " + i + " does not end with NUL", WRITTEN_SO);
      }
      need(4, "l_ref");
      int length = LittleEndian.int32(buffer.data(), at);
      at += 4;
      String utf8 = Texts.utf8OrNull(name, 0, name.length - 1);
      if (utf8 == null) {
        utf8 = new String(name, 0, name.length - 1, StandardCharsets.ISO_8859_1);
        nameNotUtf8 = nameNotUtf8 == null ? utf8 : nameNotUtf8;
      }
      references.add(new Reference(utf8, length));
    }
    return new BamHeader(
        Arrays.copyOf(text, textEnd), references, buffer.virtualOffset(at), nameNotUtf8);
  }

  private int length(String field, int least) throws IOException {
    need(4, field);
    int value = LittleEndian.int32(buffer.data(), at);
    if (value < least) {
      throw error(at, "header field " + field + " is " + value, WRITTEN_SO);
    }
    at += 4;
    return value;
  }

  private byte[] bytes(String field, int length) throws IOException {
    need(length, field);
    at += length;
    return Arrays.copyOfRange(buffer.data(), at - length, at);
  }

  private void need(int more, String field) throws IOException {
    if (!ensure((long) at + more)) {
      throw error(at, "the file ends inside the header (" + field + ", " + more + " bytes)", CUT);
    }
  }

  private boolean ensure(long wanted) throws IOException {
    if (!buffer.ensure(Math.min(wanted, MAX_HEADER))) {
      return false;
    }
    if (wanted > MAX_HEADER) {
      throw new BamFormatException(
          source.name(),
          buffer.virtualOffset(at),
          "the header has more than " + MAX_HEADER + " bytes, over a 16th of the heap",
          "if it is right, give the JVM more with -Xmx");
    }
    return true;
  }

  private BamFormatException error(int offset, String problem, Remedy remedy) {
    return new BamFormatException(source.name(), buffer.virtualOffset(offset), problem, remedy);
  }
}
