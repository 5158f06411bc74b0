package org.bamarrow.spark;

import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;

/** Reads a folder without files: for a batch an error, for a stream BAMs that will arrive in it. */
record EmptyFolderScan(TableFiles files, StructType schema) implements Scan {
  @Override
  public StructType readSchema() {
    return schema;
  }

  @Override
  public Batch toBatch() {
    return SparkErrors.whenReading(
        files,
        () -> {
          files.statuses(); // throws
          throw new IllegalStateException("there are no files");
        });
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpoint) {
    return new BamTable(files, schema, WriteRoute.DIRECT)
        .newScanBuilder(new CaseInsensitiveStringMap(files.given()))
        .build()
        .toMicroBatchStream(checkpoint);
  }
}
