package org.bamarrow.internal.bam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.BlockWindow;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.VirtualOffset;

/**
 * Reads a BAM header (SAM specification 4.2). Memory is bounded by the data that is in the file,
 * not by the lengths in the header.
 */
public final class BamHeaderReader {
  private static final int MAGIC = 0x014d4142; // "BAM\1"

  /** Maximum size of a header in bytes, for any heap size. */
  private static final int MAX_BYTES = 1 << 30;

  /** Text, names and their copies in the schema take several times as much as the header itself. */
  private static final int MAX_HEADER =
      (int) Math.min(MAX_BYTES, Math.max(8 << 20, Runtime.getRuntime().maxMemory() / 16));

  private static final Remedy WRITTEN_SO =
      Remedy.of(
          "the CRC32 of the block is correct, so it was written this way; write the file again");

  private static final Remedy TRUNCATED = Remedy.of("the file is truncated; transfer it again");

  /** Bytes used to detect the type of a file that is not a BAM. */
  private static final int DETECTION_BYTES = 1 << 12;

  /** When this many bytes of the window have been used, they are dropped. */
  private static final int MAX_USED = 1 << 22;

  /** The text is read in pieces of this size, so that a wrong length does not allocate memory. */
  private static final int PIECE = 1 << 20;

  private final ByteSource source;
  private final BlockWindow buffer;

  /** The offset in the window. */
  private int at;

  /** Bytes of the header before the window. */
  private long passed;

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
    BamHeaderReader reader = new BamHeaderReader(source, inflater);
    try {
      return reader.read();
    } finally {
      reader.buffer.close();
    }
  }

  private BamHeader read() throws IOException {
    if (!ensure(4) || LittleEndian.int32(buffer.data(), 0) != MAGIC) {
      throw FileKind.notBam(
          source, Arrays.copyOf(buffer.data(), Math.min(buffer.size(), DETECTION_BYTES)));
    }
    at = 4;
    byte[] text = text(length("l_text", 0));
    int textEnd = text.length;
    while (textEnd > 0 && text[textEnd - 1] == 0) {
      textEnd--;
    }
    HeaderText lines = HeaderText.of(text, textEnd);
    int count = length("n_ref", 0);
    SequenceDictionary.Builder references = new SequenceDictionary.Builder();
    String nameNotUtf8 = null;
    for (int i = 0; i < count; i++) {
      String latin1 = readReference(references);
      nameNotUtf8 = nameNotUtf8 == null ? latin1 : nameNotUtf8;
    }
    return new BamHeader(lines, references.build(), buffer.virtualOffset(at), nameNotUtf8);
  }

  private byte[] text(int length) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    for (int done = 0; done < length; done += PIECE) {
      int more = Math.min(PIECE, length - done);
      need(more, "l_text", length);
      pieces.add(Arrays.copyOfRange(buffer.data(), at, at + more));
      at += more;
    }
    if (pieces.size() == 1) {
      return pieces.get(0);
    }
    byte[] text = new byte[length];
    for (int i = 0; i < pieces.size(); i++) {
      System.arraycopy(pieces.get(i), 0, text, i * PIECE, pieces.get(i).length);
      pieces.set(i, null); // frees memory while copying
    }
    return text;
  }

  /** Null, or the name decoded as Latin-1 if it is not UTF-8. */
  private String readReference(SequenceDictionary.Builder references) throws IOException {
    int nameLength = length("l_name", 1);
    need((long) nameLength + 4, "l_name", nameLength);
    byte[] data = buffer.data();
    int end = at + nameLength - 1;
    if (data[end] != 0) {
      throw error(
          end + 1,
          "the name of reference " + references.size() + " does not end with NUL",
          WRITTEN_SO);
    }
    int length = LittleEndian.int32(data, end + 1);
    String latin1 = null;
    if (Texts.isUtf8(data, at, end)) {
      references.add(data, at, end, length);
    } else {
      latin1 = new String(data, at, end - at, StandardCharsets.ISO_8859_1);
      byte[] name = latin1.getBytes(StandardCharsets.UTF_8);
      references.add(name, 0, name.length, length);
    }
    at = end + 5;
    return latin1;
  }

  private int length(String field, int min) throws IOException {
    need(4, field, 4);
    int value = LittleEndian.int32(buffer.data(), at);
    if (value < min) {
      throw error(at, "header field " + field + " is " + value, WRITTEN_SO);
    }
    at += 4;
    return value;
  }

  private void need(long more, String field, int length) throws IOException {
    if (!ensure(at + more)) {
      throw error(
          at, "the file ends inside the header (" + field + ", " + length + " bytes)", TRUNCATED);
    }
  }

  private boolean ensure(long wanted) throws IOException {
    long more = wanted - at;
    if (at > MAX_USED) {
      long offset = buffer.virtualOffset(at);
      buffer.open(VirtualOffset.block(offset));
      passed += at - VirtualOffset.within(offset);
      at = VirtualOffset.within(offset);
    }
    long left = MAX_HEADER - passed;
    if (!buffer.ensure(Math.min(at + more, left))) {
      return false;
    }
    if (at + more > left) {
      throw new BamFormatException(
          source.name(),
          buffer.virtualOffset(at),
          "the header has more than "
              + MAX_HEADER
              + (MAX_HEADER < MAX_BYTES ? " bytes, 1/16 of the heap" : " bytes"),
          MAX_HEADER < MAX_BYTES
              ? "if it is valid, increase the heap of the JVM with -Xmx"
              : "larger headers are not supported");
    }
    return true;
  }

  private BamFormatException error(int offset, String problem, Remedy remedy) {
    return new BamFormatException(source.name(), buffer.virtualOffset(offset), problem, remedy);
  }
}
