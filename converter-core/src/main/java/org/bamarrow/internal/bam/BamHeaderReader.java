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
 * Reads a BAM header (SAM specification 4.2). Memory follows the bytes that are there, never the
 * lengths that the header claims.
 */
public final class BamHeaderReader {
  private static final int MAGIC = 0x014d4142; // "BAM\1"

  /** Most bytes of a header, whatever the heap. */
  private static final int MOST = 1 << 30;

  /** Text, names and their copies in the schema take several times as much as the header itself. */
  private static final int MAX_HEADER =
      (int) Math.min(MOST, Math.max(8 << 20, Runtime.getRuntime().maxMemory() / 16));

  private static final Remedy WRITTEN_SO =
      Remedy.of("it was written so, its block's CRC32 is right: write the file again");

  private static final Remedy CUT = Remedy.of("it is cut short, fetch the file again");

  /** Bytes that tell what a file is that is no BAM. */
  private static final int SHOWN = 1 << 12;

  /** So many bytes may lie in the window before those that have been used are given up. */
  private static final int USED = 1 << 22;

  /** Bytes of the text that are taken at a time, so that a length that lies takes no memory. */
  private static final int PIECE = 1 << 20;

  private final ByteSource source;
  private final BlockWindow buffer;

  /** The place in the window. */
  private int at;

  /** Bytes of the header in front of the window. */
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
      throw FileKind.noBam(source, Arrays.copyOf(buffer.data(), Math.min(buffer.size(), SHOWN)));
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
      pieces.set(i, null); // two copies of all of it are not needed
    }
    return text;
  }

  /** Null, or the name as Latin-1 where it is not UTF-8. */
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

  private int length(String field, int least) throws IOException {
    need(4, field, 4);
    int value = LittleEndian.int32(buffer.data(), at);
    if (value < least) {
      throw error(at, "header field " + field + " is " + value, WRITTEN_SO);
    }
    at += 4;
    return value;
  }

  private void need(long more, String field, int length) throws IOException {
    if (!ensure(at + more)) {
      throw error(at, "the file ends inside the header (" + field + ", " + length + " bytes)", CUT);
    }
  }

  private boolean ensure(long wanted) throws IOException {
    long more = wanted - at;
    if (at > USED) {
      long place = buffer.virtualOffset(at);
      buffer.open(VirtualOffset.block(place));
      passed += at - VirtualOffset.within(place);
      at = VirtualOffset.within(place);
    }
    long room = MAX_HEADER - passed;
    if (!buffer.ensure(Math.min(at + more, room))) {
      return false;
    }
    if (at + more > room) {
      throw new BamFormatException(
          source.name(),
          buffer.virtualOffset(at),
          "the header has more than "
              + MAX_HEADER
              + (MAX_HEADER < MOST ? " bytes, over a 16th of the heap" : " bytes"),
          MAX_HEADER < MOST
              ? "if it is right, give the JVM more with -Xmx"
              : "larger ones are not read, whatever the heap");
    }
    return true;
  }

  private BamFormatException error(int offset, String problem, Remedy remedy) {
    return new BamFormatException(source.name(), buffer.virtualOffset(offset), problem, remedy);
  }
}
