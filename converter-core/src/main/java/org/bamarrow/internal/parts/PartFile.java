package org.bamarrow.internal.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.bamarrow.convert.Format;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.StreamOutput;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartStore;

/** A part of record batches that are there already, which is being written. For one thread. */
public final class PartFile implements AutoCloseable {
  private final String name;
  private final OutputStream out;
  private final PartChannel channel;
  private final IpcOutput output;

  /**
   * Begins a part.
   *
   * @param store the directory
   * @param name of the file
   * @param columns those with statistics
   * @param writeBytes maximum bytes of one write
   * @throws IOException if it cannot be created
   */
  public PartFile(
      PartStore store, String name, IpcSchema schema, ZoneColumns columns, int writeBytes)
      throws IOException {
    this.name = name;
    this.out = store.create(name);
    this.channel = new PartChannel(out);
    this.output = new StreamOutput(channel, writeBytes, Format.FILE);
    try {
      output.keepZones(new ZoneMap(columns));
      output.start(() -> schema);
    } catch (IOException | RuntimeException | Error e) {
      try (out) {
        throw e;
      }
    }
  }

  /** Takes the batches. */
  public IpcOutput output() {
    return output;
  }

  /**
   * Completes the file.
   *
   * @param parts maximum number of parts of the job
   * @throws IOException if it cannot be written
   */
  public WrittenPart finish(int parts) throws IOException {
    output.finish();
    byte[] zones = output.zones().table(name, BatchesFile.rowsOfPart(parts));
    out.close();
    Part part =
        new Part(
            name,
            output.rows(),
            output.rows(),
            output.bytes(),
            channel.crc32(),
            List.of(),
            output.zones().total());
    return new WrittenPart(part, zones);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
