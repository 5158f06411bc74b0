package org.bamarrow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.parts.PartFile;
import org.bamarrow.internal.parts.PartsCommit;
import org.bamarrow.internal.parts.WrittenPart;
import org.bamarrow.internal.rewrite.Rewrite;
import org.bamarrow.internal.rewrite.RewriteOutput;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartSize;
import org.bamarrow.parts.PartStore;

/** A directory of parts, each from about the same number of bytes of the input. */
final class RewrittenParts implements RewriteOutput, AutoCloseable {
  private static final String ATTEMPT = "0";

  private final PartStore store;
  private final Rewrite rewrite;
  private final int writeBytes;
  private final PartsCommit commit;
  private final PartNames names;
  private final List<WrittenPart> written = new ArrayList<>();
  private IpcSchema schema;

  /** Null before the first batch of the part. */
  private PartFile file;

  /**
   * Begins a directory.
   *
   * @param store the directory, which is complete, or as it was before, when this is closed
   * @param bytes size of the input
   * @param force replace the parts of a complete directory
   */
  RewrittenParts(
      PartStore store, Rewrite rewrite, PartSize size, long bytes, boolean force, int writeBytes)
      throws IOException {
    this.store = store;
    this.rewrite = rewrite;
    this.writeBytes = writeBytes;
    String job = PartNames.newJob();
    this.names = new PartNames(job, count(size, bytes));
    this.commit = PartsCommit.begin(store, job, force);
  }

  private static int count(PartSize size, long bytes) {
    long count =
        size instanceof PartSize.Count parts
            ? parts.parts()
            : (bytes - 1) / ((PartSize.Bytes) size).bytes() + 1;
    return (int) Math.max(1, Math.min(count, 1 << 20));
  }

  @Override
  public void start(IpcSchema newSchema) {
    schema = newSchema;
  }

  @Override
  public int part(double share) {
    return (int) Math.min(names.parts() - 1, share * names.parts());
  }

  /** Parts without rows are not written. */
  @Override
  public void endPart() throws IOException {
    if (file != null) {
      written.add(file.finish(names.parts()));
      file = null;
    }
  }

  @Override
  public IpcOutput next() throws IOException {
    if (file == null) {
      String name = names.name(written.size(), ATTEMPT);
      file = new PartFile(store, name, schema, rewrite.zoneColumns(), writeBytes);
    }
    return file.output();
  }

  @Override
  public void finish() throws IOException {
    if (written.isEmpty()) {
      next(); // a directory has a part, also without rows
    }
    endPart();
    Manifest manifest =
        Manifest.of(
            names.job(),
            schema.toArrow(),
            List.of(),
            written.stream().map(WrittenPart::part).toList());
    commit.commit(manifest, written);
  }

  /** Number of parts. */
  int parts() {
    return written.size();
  }

  /** Bytes of all parts. */
  long bytes() {
    return written.stream().mapToLong(each -> each.part().bytes()).sum();
  }

  /** Removes what was written, unless it has been finished. */
  @Override
  public void close() throws IOException {
    try {
      if (file != null) {
        file.close();
      }
    } finally {
      commit.abort();
    }
  }
}
