package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a file's footer says: the schema and where the batches stand, each of them inside the file.
 *
 * @param schema of all batches
 * @param dictionaries in the order in which they count
 * @param batches in the order of the rows
 */
record FileFooter(Schema schema, List<Block> dictionaries, List<Block> batches) {
  /**
   * @param offset 0-based, of the message
   * @param metadata bytes of the message before its body
   * @param body bytes of the body
   */
  record Block(long offset, int metadata, long body) {}

  /**
   * @throws IOException if the end is missing
   * @throws IllegalArgumentException (or another runtime exception, of flatbuffers) if the footer
   *     is not sound
   */
  static FileFooter read(IpcMessages messages) throws IOException {
    Footer footer = messages.footer();
    if (footer.schema() == null) {
      throw new IllegalArgumentException("its footer has no schema");
    }
    Schema schema = SchemaReader.read(footer.schema(), footer.getByteBuffer().limit());
    long left = messages.end();
    List<Block> dictionaries = new ArrayList<>();
    for (int i = 0; i < footer.dictionariesLength(); i++) {
      left = add(footer.dictionaries(i), left, messages.end(), dictionaries);
    }
    List<Block> batches = new ArrayList<>();
    for (int i = 0; i < footer.recordBatchesLength(); i++) {
      left = add(footer.recordBatches(i), left, messages.end(), batches);
    }
    return new FileFooter(schema, dictionaries, batches);
  }

  /** Blocks do not overlap, so together they are no longer than the file. */
  private static long add(
      org.apache.arrow.flatbuf.Block block, long left, long end, List<Block> into) {
    long offset = block.offset();
    int metadata = block.metaDataLength();
    long body = block.bodyLength();
    if (offset < 0
        || metadata <= 0
        || body < 0
        || offset > end
        || metadata > end - offset
        || body > end - offset - metadata
        || metadata + body > left) {
      throw new IllegalArgumentException(
          String.format(
              "its footer has a batch of %d and %d bytes at byte %d, and messages end at byte %d",
              metadata, body, offset, end));
    }
    into.add(new Block(offset, metadata, body));
    return left - metadata - body;
  }
}
