package org.bamarrow.spark.files;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * {@code _SUCCESS}, an empty file for programs that wait for it, as Hadoop's committers write it.
 * It never stands beside an incomplete directory.
 */
public final class SuccessMarker {
  /** Its name. */
  public static final String NAME = "_SUCCESS";

  private static final String SETTING = "mapreduce.fileoutputcommitter.marksuccessfuljobs";

  private SuccessMarker() {}

  /** To be called before a directory is replaced. */
  public static void remove(HadoopPartStore store) throws IOException {
    if (store.exists(NAME)) {
      store.delete(NAME);
    }
  }

  /** To be called after the manifest is published; writes it only if the setting is true. */
  public static void writeIfAsked(HadoopPartStore store, Configuration settings)
      throws IOException {
    if (settings.getBoolean(SETTING, false) && !store.exists(NAME)) {
      store.create(NAME).close();
    }
  }
}
