package org.bamarrow.internal.bam;

/** The current record of a {@link RecordFinder}, as a slice of one row. */
public final class FoundRecord implements RecordSlice {
  private final RecordFinder finder;
  private final BamHeader header;
  private final String file;

  /**
   * @param file name of the file, for errors
   */
  public FoundRecord(RecordFinder finder, BamHeader header, String file) {
    this.finder = finder;
    this.header = header;
    this.file = file;
  }

  @Override
  public byte[] data() {
    return finder.data();
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public int start(int row) {
    return finder.start();
  }

  @Override
  public BamHeader header() {
    return header;
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public long virtualOffset(int row) {
    return finder.virtualOffset();
  }
}
