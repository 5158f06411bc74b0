package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.column.BatchDecoder;
import org.bamarrow.internal.ipc.BatchCompressor;
import org.bamarrow.internal.ipc.IpcMessage;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneBuilder;

/** Writes the records of one worker: decode, compress, assign an offset, write. */
public final class IpcHandler implements SliceHandler {
  private final BatchDecoder decoder;
  private final BatchCompressor compressor;
  private final IpcOutput output;

  /** Null if the output has no zone map. */
  private final ZoneBuilder zones;

  private final boolean oneInput;
  private final List<IpcMessage> messages = new ArrayList<>();
  private long start;

  /**
   * @param decoder used by this handler only; closed with it
   * @param compressor used by this handler only; closed with it; null for no compression
   * @param oneInput whether all records are of one file, so that virtual offsets say where they are
   */
  public IpcHandler(
      BatchDecoder decoder, BatchCompressor compressor, IpcOutput output, boolean oneInput) {
    this.decoder = decoder;
    this.compressor = compressor;
    this.output = output;
    this.oneInput = oneInput;
    this.zones =
        output.zones().columns() == null ? null : new ZoneBuilder(output.zones().columns());
  }

  /** A handler for one worker of a conversion. */
  static IpcHandler of(Conversion conversion, BufferAllocator allocator, IpcOutput output)
      throws IOException {
    return new IpcHandler(
        conversion.newBatchDecoder(allocator),
        BatchCompressor.of(conversion.options().output(), conversion.columns().fields(), allocator),
        output,
        conversion.inputs().size() == 1);
  }

  @Override
  public void handle(RecordSlice slice) throws IOException {
    decoder.decode(slice, (batch, first) -> messages.add(message(batch, slice, first)));
  }

  private IpcMessage message(ArrowRecordBatch batch, RecordSlice slice, int first) {
    Zone zone;
    try {
      zone = zones == null ? null : zones.zone(batch, voffsets(batch, slice, first));
    } catch (RuntimeException | Error e) {
      batch.close();
      throw e;
    }
    return new IpcMessage(compressor == null ? batch : compressor.compress(batch), zone);
  }

  private Zone.Voffsets voffsets(ArrowRecordBatch batch, RecordSlice slice, int first) {
    if (!oneInput) {
      return null;
    }
    int last = first + batch.getLength() - 1;
    return new Zone.Voffsets(slice.virtualOffset(first), slice.virtualOffset(last));
  }

  @Override
  public void deliver() throws IOException {
    start = output.assignOffsets(messages);
    if (output.requiresImmediateWrite(start)) {
      write();
    }
  }

  @Override
  public void complete() throws IOException {
    write();
  }

  private void write() throws IOException {
    output.write(start, messages);
    clear();
  }

  private void clear() {
    messages.forEach(IpcMessage::close);
    messages.clear();
  }

  @Override
  public long qualitiesTakenAsMissing() {
    return decoder.qualitiesTakenAsMissing();
  }

  @Override
  public void close() {
    clear();
    decoder.close();
    if (compressor != null) {
      compressor.close();
    }
  }
}
