package org.bamarrow.spark.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.bamarrow.spark.files.HadoopPartStore;
import org.bamarrow.spark.options.SparkWords;

/** Creates the writers of a job on the executors. */
final class RowWriterFactory implements DataWriterFactory {
  private static final long serialVersionUID = 1L;

  private final WritePlan plan;

  RowWriterFactory(WritePlan plan) {
    this.plan = plan;
  }

  @Override
  public DataWriter<InternalRow> createWriter(int partition, long task) {
    try {
      return new RowWriter(
          plan, new HadoopPartStore(plan.directory(), plan.settings().value()), partition, task);
    } catch (IOException e) {
      throw new UncheckedIOException(SparkWords.message(e), e);
    } catch (RuntimeException e) {
      throw SparkWords.in(e);
    }
  }
}
